"""Bringing GIFT and Aiken in through the page."""

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from quizbank.proposals import Stage
from quizbank.queries.bank import ItemFilter, bank_items
from quizbank.queries.proposals import waiting_reviews
from tests.factories import World
from tests.pages.screens import Open, button, field, words
from ui.bank.import_bar import ImportBar

GIFT = b"""// [id:Q-7]
::Depth::Which layer holds most collagen?{=The dermis#It does. ~The epidermis#It holds little.}

Which layer is dead?{~dermis ~fat}
"""
AIKEN = b"Which layer is dead?\nA) dermis\nB) stratum corneum\nANSWER: B\n"


def imported(world: World, objective: str) -> list[str]:
    with world.looking("bela") as tx:
        return [one.id for one in bank_items(tx, ItemFilter(objective=objective, pool="practice"))]


def test_a_gift_file_is_shown_placed_and_imported(world: World, open_page: Open) -> None:
    app = open_page("bank", "bela", view="import")
    before = set(imported(world, "MF-02"))
    app.file_uploader[0].set_value([("quiz.gift", GIFT, "text/plain")]).run()
    assert not app.exception
    assert field(app.selectbox, "Format").value == "gift"
    assert "**1 item understood, 1 problem found.**" in words(app)
    field(app.selectbox, "Objective").select("MF-02")
    field(app.multiselect, "Sources").set_value(["S01"]).run()
    app.toggle[0].set_value(False).run()
    button(app, "Import 1 item").click().run()
    assert "Imported: 1 added, 0 changed, 0 unchanged." in words(app)
    assert "Line 4 was left out. No option is right" in words(app)
    (new,) = set(imported(world, "MF-02")) - before
    assert new.startswith("q-7-")


def test_an_aiken_file_is_known_by_its_words_and_comes_in_once(
    world: World, open_page: Open
) -> None:
    for expected in ("1 added, 0 changed, 0 unchanged", "0 added, 0 changed, 1 unchanged"):
        app = open_page("bank", "bela", view="import")
        app.file_uploader[0].set_value([("quiz.txt", AIKEN, "text/plain")]).run()
        assert field(app.selectbox, "Format").value == "aiken"
        button(app, "Import 1 item").click().run()
        assert not app.exception
        assert f"Imported: {expected}." in words(app)
    (one,) = imported(world, "IMPORT-00")
    assert one.startswith("aiken-")


@pytest.mark.parametrize(("send", "stage"), [(False, Stage.DRAFT), (True, Stage.IN_REVIEW)])
def test_an_import_waits_for_its_author_or_goes_to_the_reviewers(
    world: World, open_page: Open, send: bool, stage: Stage
) -> None:
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.txt", AIKEN, "text/plain")]).run()
    field(app.toggle, "Send what is imported for review at once").set_value(send).run()
    button(app, "Import 1 item").click().run()
    assert not app.exception
    (one,) = imported(world, "IMPORT-00")
    assert world.change_of(one).stage is stage
    with world.looking("cato") as tx:
        assert waiting_reviews(tx) == send


def test_another_format_can_be_chosen(open_page: Open) -> None:
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.txt", GIFT, "text/plain")]).run()
    field(app.selectbox, "Format").select("aiken").run()
    assert not app.exception
    assert "**0 items understood" in words(app)
    assert not field(app.selectbox, "Format").disabled


def test_a_sheet_says_itself_where_its_items_belong(world: World, open_page: Open) -> None:
    sheet = b"question,right,A,B,objective,sources,pool\nWhich?,A,x,y,MF-02,S13,practice\n"
    before = set(imported(world, "MF-02"))
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("items.csv", sheet, "text/csv")]).run()
    assert "It holds for the rows that leave it open" in words(app)
    button(app, "Import 1 item").click().run()
    assert not app.exception
    assert len(set(imported(world, "MF-02")) - before) == 1


def test_many_lines_that_were_left_out_are_a_table(open_page: Open) -> None:
    file = GIFT + b"\n" + b"Which layer is dead?{~dermis ~fat}\n\n" * 30
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.gift", file, "text/plain")]).run()
    app.toggle[0].set_value(False).run()
    assert "And 2 more; here are all 32:" in words(app)
    button(app, "Import 1 item").click().run()
    assert not app.exception
    assert "31 lines were left out." in words(app)
    assert len(app.warning) == 1
    assert len(app.dataframe[0].value) == 31


def test_exam_items_without_a_source_are_not_sent_and_it_is_said(open_page: Open) -> None:
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.gift", GIFT, "text/plain")]).run()
    field(app.selectbox, "Pool").select("Exam")
    app.toggle[0].set_value(False)
    app.toggle[1].set_value(True).run()
    button(app, "Import 1 item").click().run()
    assert not app.exception
    assert "Not sent for review: 1 item for exams without a source." in words(app)
    assert "stays a draft" in words(app)


def test_more_than_fits_at_once_is_said_before_the_button(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.bank.importing.MOST_AT_ONCE", 1)
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.txt", AIKEN + b"\n" + AIKEN * 2, "text/plain")]).run()
    assert "Bring in at most 1 items at once" in words(app)
    assert button(app, "Import 3 items").disabled


def test_what_is_pressed_while_a_file_comes_in_waits_for_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = list[float]()

    class Bar:
        def progress(self, share: float, text: str) -> None:
            assert text
            drawn.append(share)
            if share == 0.5:
                # As Streamlit does where somebody pressed something since.
                raise RerunException(RerunData())

    def bar_of(_share: float, text: str) -> Bar:
        assert text
        return Bar()

    monkeypatch.setattr("streamlit.progress", bar_of)
    bar = ImportBar()
    for share in (0.4, 0.5, 0.9, 1.0):
        bar(share)
    assert drawn == [0.4, 0.5]
    with pytest.raises(RerunException):
        bar.end()


def test_problems_are_whole_sentences_whatever_stands_in_them(open_page: Open) -> None:
    file = b"Which? {=a -> *1*#<b>$x$ =b -> 2}\n"
    app = open_page("bank", "bela", view="import")
    app.file_uploader[0].set_value([("quiz.gift", file, "text/plain")]).run()
    assert not app.exception
    said = next(one.value for one in app.markdown if "Pairs have no feedback" in one.value)
    assert "**Line 1, to check:**" in said
    assert "\\*1\\*" in said
    assert "\\$x\\$" in said
