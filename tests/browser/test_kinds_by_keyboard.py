"""Short answers, matching, ordering and gaps, answered with the keyboard alone."""

from playwright.sync_api import expect

from quizbank.items import Item
from quizbank.queries.bank import item_exists
from tests.browser.conftest import Walk
from tests.browser.screens import Walker, settle
from tests.factories import cloze, matching, ordering, short_answer
from tests.server import Server


def previewed(server: Server, walk: Walk, item: Item) -> Walker:
    """The item's page, where its preview is answered as a trainee answers it."""
    with server.world.looking("bela") as tx:
        known = item_exists(tx, item.id)
    if not known:
        server.world.publish(item)
    return walk("bela").to(f"/item?id={item.id}")


def choose(walker: Walker, label: str, said: str) -> None:
    """Go to a list by its label, type until one choice is left, and take it."""
    labelled = walker.page.get_by_text(label, exact=True)
    walker.page.get_by_test_id("stSelectbox").filter(has=labelled).get_by_role("combobox").focus()
    walker.page.keyboard.type(said)
    walker.page.keyboard.press("Enter")
    settle(walker.page)


def test_an_order_is_put_right_by_keyboard(server: Server, walk: Walk) -> None:
    author = previewed(server, walk, ordering("kb-01-001", pool="check"))
    for place, said in enumerate(("Consent", "Screen", "Cleanse", "Needle"), start=1):
        choose(author, f"Place {place}", said)
    author.sees("Partly right.")
    choose(author, "Place 1", "Screen")
    author.sees("Right.")
    expect(author.page.get_by_role("combobox", name="Place 2")).to_have_value("Consent")


def test_premises_are_matched_by_keyboard(server: Server, walk: Walk) -> None:
    author = previewed(server, walk, matching("kb-01-002", pool="check"))
    for premise, said in (("Top", "Epi"), ("Middle", "Derm"), ("Bottom", "Hypo")):
        choose(author, premise, said)
    author.sees("Right.")


def test_a_short_answer_is_typed(server: Server, walk: Walk) -> None:
    author = previewed(server, walk, short_answer("kb-01-003", pool="check"))
    author.type("Your answer (a few words)", "the *epidermis*").sees("Not right.")
    author.sees("the *epidermis*")
    author.type("Your answer (a few words)", "Stratum  CORNEUM").sees("Right.")


def test_gaps_are_filled_by_keyboard(server: Server, walk: Walk) -> None:
    author = previewed(server, walk, cloze("kb-01-004", pool="check"))
    choose(author, "Gap 1, after “Collagen lies in the”", "derm")
    author.sees("Partly right.")
    author.type("Gap 2, before “make it”", "Fibroblasts")
    author.type("Gap 3, after “The sample is” (a number)", "7,500").sees(
        "could be read in two ways"
    )
    author.type("Gap 3, after “The sample is” (a number)", "7,5").sees("Right.")


def test_the_same_lists_serve_a_mouse(server: Server, walk: Walk) -> None:
    author = previewed(server, walk, matching("kb-01-002", pool="check"))
    for premise, said in (("Top", "Epidermis"), ("Middle", "Dermis"), ("Bottom", "Hypodermis")):
        author.pick(premise, said)
    author.sees("Right.")
