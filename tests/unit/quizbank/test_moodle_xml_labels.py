"""Moodle XML: labels to drag onto a picture."""

import pytest

from tests.unit.quizbank.moodle_xml_files import error_of, file, one_of, png, question, quiz, read


def label(number: int, text: str, group: int = 1, more: str = "") -> str:
    return f"<drag><no>{number}</no><text>{text}</text><draggroup>{group}</draggroup>{more}</drag>"


def place(choice: object, left: object = 10, top: object = 10) -> str:
    return (
        f"<drop><text/><no>1</no><choice>{choice}</choice><xleft>{left}</xleft>"
        f"<ytop>{top}</ytop></drop>"
    )


LABELS = label(1, "Dermis &amp;lt;7") + label(2, "Fat") + label(3, "Hair")
TWO = place(1, 10, 90) + place(2, 10, 40)


def labelled(labels: str = LABELS, places: str = TWO, picture: str = "") -> str:
    inside = (picture or file(png(200, 160))) + labels + places
    return quiz(question(inside, "ddimageortext", stem="Name the layers."))


def test_labels_become_names_for_numbered_places() -> None:
    found = read(labelled())
    assert found.errors == ()
    item = found.items[0].item
    assert [(one.text, one.choice) for one in item.premises] == [
        ("Place 1", "c2"),
        ("Place 2", "c1"),
    ]
    assert [one.text for one in item.choices] == ["Dermis <7", "Fat", "Hair"]
    (drawn,) = found.files.values()
    assert (drawn.width, drawn.height) == (200, 160)
    assert item.stem.startswith("Name the layers.\n\n![A picture without a description; place 1:")
    assert item.stem.endswith(f"(/files/{drawn.digest})")
    assert not any("groups" in one.message for one in found.problems)


def test_each_place_earns_its_share_as_in_moodle() -> None:
    item = one_of(labelled())
    assert item.mark(item.key()).fraction == 1
    assert item.mark({"pairs": {"p1": "c2", "p2": "c3"}}).fraction == 0.5


def test_labels_of_the_same_words_are_one() -> None:
    labels = label(1, "Skin") + label(2, "skin") + label(3, "Fat")
    item = one_of(labelled(labels, TWO + place(3, 10, 130)))
    assert [one.choice for one in item.premises] == ["c1", "c1", "c2"]


def test_groups_that_are_offered_together_are_told() -> None:
    found = read(labelled(label(1, "Dermis") + label(2, "Fat", group=2)))
    assert any("The labels are in groups" in one.message for one in found.problems)


REFUSED = {
    "a picture": (labelled(LABELS + label(4, "Skin", more=file(png()))), "this label is a picture"),
    "no label": (labelled(""), "no label"),
    "no place": (labelled(places=""), "no place for the labels"),
    "one place": (labelled(places=place(1)), "single choice"),
    "one number for two": (labelled(LABELS + label(2, "Muscle")), "the same number"),
    "another's place": (labelled(places=TWO + place(9)), "not there"),
    "nowhere": (labelled(places=TWO + place(1, "x")), "does not say where it lies"),
    "outside": (labelled(places=TWO + place(1, 999)), "outside the picture"),
    "the same place": (labelled(places=TWO + place(1, 10, 40)), "Two places are the same"),
    "no picture": (labelled(picture="<file/>"), "under the"),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_labels_that_cannot_be_chosen_are_refused(text: str, sentence: str) -> None:
    assert sentence in error_of(text)
