"""Key corrections: propose one, see what it would do, decide on another's, tell those affected."""

import streamlit as st

from accounts.queries.people import names_of
from base.permissions import Permission
from certs.queries.registry import certificates_of
from quizbank.commands.corrections import (
    approve_correction,
    propose_correction,
    reject_correction,
)
from quizbank.queries.bank import item_at_version
from quizbank.queries.corrections import Correction, correction, corrections, outcomes
from quizbank.queries.foreseen import dry_run
from ui.act import act, look
from ui.marking.correction_entry import ask_correction
from ui.marking.correction_replay import marking_bar, note_told, replay
from ui.marking.corrections import (
    REFUSING,
    draw_correction,
    draw_foreseen,
    draw_list,
    draw_outcomes,
)
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice


def _draw_list() -> None:
    with look(Permission.KEY_CORRECT) as tx:
        found = corrections(tx)
    st.title("Key corrections")
    show_notice()
    draw_list(found)


def _draw_new(version_id: str) -> None:
    with look(Permission.KEY_CORRECT) as tx:
        item = item_at_version(tx, version_id)
    link("Back to the item", "item", icon=":material/arrow_back:", id=item.id)
    st.title(f"Correct the key of {item.id}")
    proposed = ask_correction(item, version_id, parameter("reason"))
    if proposed is None:
        return
    made, acting = "", act()
    with acting as tx:
        made = propose_correction(tx, version_id, proposed.remedy, proposed.reason, proposed.fields)
    if acting.committed:
        leave_notice("Proposed. A second person decides; nothing has changed yet.")
        go("corrections", id=made)


def _draw_one(correction_id: str) -> None:
    with look(Permission.KEY_CORRECT) as tx:
        one = correction(tx, correction_id)
    link("All corrections", "corrections", icon=":material/arrow_back:")
    st.title(f"Correction of {one.item_id}")
    show_notice()
    draw_correction(one)
    if one.state == "proposed":
        _draw_proposed(one)
    elif one.state == "approved":
        _draw_approved(one)


def _draw_proposed(one: Correction) -> None:
    with look(Permission.KEY_CORRECT) as tx, marking_bar() as tell:
        found = dry_run(tx, one.id, tell)
        names = names_of(tx, [each.person_id for each in found])
        certificates = certificates_of(tx, [each.attempt_id for each in found])
    draw_foreseen(found, names, certificates)
    st.header("Decide")
    if one.mine:
        st.markdown("You proposed this, so somebody else approves it. You may take it back.")
    elif st.button("Approve and mark again", type="primary", icon=":material/check:"):
        acting = act()
        with acting as tx:
            approve_correction(tx, one.id)
        if acting.committed:
            replay(one.id)
    why, does, done = REFUSING[one.mine]
    answer = st.text_area(why, key=f"answer-{one.id}", max_chars=2_000)
    if st.button(does, icon=":material/block:"):
        acting = act()
        with acting as tx:
            reject_correction(tx, one.id, answer)
        if acting.committed:
            leave_notice(f"{done}. Nothing has changed.")
            st.rerun()


def _draw_approved(one: Correction) -> None:
    if one.replaying:
        st.info(f"{one.remarked} of {one.listed} attempts are marked again so far.")
        if st.button("Go on marking again", icon=":material/sync:"):
            replay(one.id)
    with look(Permission.KEY_CORRECT) as tx:
        found = outcomes(tx, one.id)
        names = names_of(tx, [each.person_id for each in found])
        certificates = certificates_of(tx, [each.attempt_id for each in found])
        may_revoke = tx.actor.may(Permission.CREDENTIAL_REVOKE)
    draw_outcomes(found, names, certificates, may_revoke)
    if found:
        note_told(one.id, found, names)
    link(
        "Put the better key into the item as well" if one.better else "Change the item as well",
        "item",
        icon=":material/edit_note:",
        id=one.item_id,
    )


wanted, version = parameter("id"), parameter("version")
if wanted:
    _draw_one(wanted)
elif version:
    _draw_new(version)
else:
    _draw_list()
