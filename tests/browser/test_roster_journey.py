"""A clinic invites somebody, checks its roster, and keeps a sealed receipt of it."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
from playwright.sync_api import Page

from accounts.commands.clinics import make_clinic
from base.permissions import Role
from certs.receipt_page import RECEIPT_FILE
from tests.browser.conftest import Walk
from tests.server import Server


def test_from_an_invitation_by_way_of_a_roster_to_a_sealed_receipt(
    server: Server, walk: Walk, newcomer: str
) -> None:
    own = server.world.earn(newcomer).standing
    server.world.join(f"{newcomer}-manager", Role.CLINIC)
    with server.world.acting(f"{newcomer}-manager") as tx:
        make_clinic(tx, "Skin & Co")
    clinic = walk(f"{newcomer}-manager").to("/staff")
    clinic.page.get_by_label("E-mail").fill(f"{newcomer}@example.org")
    clinic.page.get_by_label("Staff number, if the clinic has one").fill("A-17")
    clinic.press("Invite").sees("It is shown")
    code = clinic.page.get_by_test_id("stCode").inner_text().strip()
    person = walk(newcomer).to(f"/invitation?code={code}").sees("They never see your answers")
    person.press("Accept").sees("You belong to the clinic now.")
    clinic.to("/competence").sees("0.5 mm")
    rows = (
        "Name;Personnel number;Certificate number",
        f"{own.holder};;{own.serial}",
        f"{own.holder};a-17;",
        f"Somebody Else;;{own.serial}",
        "=1+1;;PP-1",
    )
    clinic.to("/rosters")
    sheet = {"name": "team.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    clinic.page.locator("input[type=file]").set_input_files(sheet)  # type: ignore[arg-type]
    clinic.sees("4 lines understood.").press("Check 4 lines")
    clinic.sees("2 valid, 1 mismatch, 1 not found.").sees("with the initials")
    table = _download(clinic.page, "Download as CSV").decode("utf-8-sig")
    assert "'=1+1" in table
    clinic.press("Make a receipt").sees("The receipt is made and sealed.")
    pdf, data = _download(clinic.page, "PDF"), _download(clinic.page, "Data")
    with pikepdf.open(BytesIO(pdf)) as sealed:
        assert sealed.attachments[RECEIPT_FILE].get_file().read_bytes() == data
    said = json.loads(data)
    assert said["counts"] == {"valid": 2, "mismatch": 1, "not found": 1}
    assert said["checkpoint"].startswith("127.0.0.1")


def _download(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).first.click()
    return Path(download.value.path()).read_bytes()
