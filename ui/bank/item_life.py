"""What became of an item: where it is used, how it works, its history, what may be done with it."""

from base.permissions import Actor, Permission
from quizbank.queries.analysis import item_figures
from quizbank.queries.corrections import used_versions
from quizbank.queries.item_page import ItemPage
from ui.act import look
from ui.analysis.item import draw_in_exams
from ui.bank.item_impact import draw_uses
from ui.bank.item_status import ask_status
from ui.bank.item_view import draw_history
from ui.marking.correction_links import offer_corrections


def draw_life(page: ItemPage, actor: Actor) -> None:
    """Draw it, each part for those who may see it."""
    draw_uses(page.uses, actor.may(Permission.RESULT_READ))
    if page.uses and actor.may(Permission.RESULT_READ):
        with look(Permission.RESULT_READ) as tx:
            found = item_figures(tx, page.item_id)
        draw_in_exams(found)
    draw_history(page.item_id, page.versions)
    if actor.may(Permission.KEY_CORRECT):
        with look(Permission.KEY_CORRECT) as tx:
            used = used_versions(tx, page.item_id)
        offer_corrections(used)
    if page.version:
        ask_status(page, actor)
