"""What a clinic did before its screens are looked at: a checked roster, a receipt of it."""

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member
from certs.commands.receipts import keep_receipt, prepare_receipt, sealed_receipt
from certs.commands.rosters import CheckedRoster, keep_roster
from certs.queries.roster_check import checked_lines
from certs.rosters.lines import RosterLine
from tests.factories import World


def look_after_a_clinic(world: World, clinic: str, serials: list[str]) -> tuple[str, str]:
    """Let cleo check a roster; returns it, and the code of an invitation not answered."""
    with world.acting("cleo") as tx:
        code = invite_member(tx, clinic, "failer@example.org", Standing.STAFF, "A-2")
        waiting = invite_member(tx, clinic, "reader@example.org", Standing.STAFF)
    with world.acting("failer") as tx:
        accept_invitation(tx, code)
    lines = [RosterLine(at, "Inès Okafor", "", one, "") for at, one in enumerate(serials, 2)]
    lines.append(RosterLine(9, "Nobody <b>at all</b>", "x@example.org", "PP-1", "Peeling"))
    with world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, lines)
        roster = keep_roster(tx, clinic, CheckedRoster("November", {}, checked))
        unsealed = prepare_receipt(tx, clinic, roster)
    made = sealed_receipt(unsealed)
    with world.acting("cleo") as tx:
        keep_receipt(tx, clinic, made)
    return roster, waiting
