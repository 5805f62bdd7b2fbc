"""A clinic checks a certificate; the administrator withdraws it; the clinic sees it at once."""

from playwright.sync_api import Page, expect

from certs.queries.own import own_credential_pdf
from tests.browser.conftest import Walk
from tests.browser.screens import Walker
from tests.server import Server

REASON = "Issued to the wrong person by mistake."


def test_a_clinic_sees_valid_and_after_the_withdrawal_revoked(
    server: Server, walk: Walk, page: Page, newcomer: str
) -> None:
    own = server.world.earn(newcomer).standing
    clinic = Walker(page)
    assert "VALID" in _check(clinic, own.serial.lower().replace("-", " "))
    assert own.holder not in page.content()
    page.get_by_label("Full name or e-mail of the person before you").fill(own.holder.lower())
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text(f"It was issued to {own.holder}")).to_be_visible()
    assert "@" not in page.content()
    administrator = walk("dina").to("/credentials").type("Search", own.serial)
    administrator.follow(own.holder).press("Revoke this certificate")
    administrator.page.get_by_label("Reason, in a sentence").fill(REASON)
    administrator.page.get_by_label("Reason, in a sentence").press("Control+Enter")
    administrator.press("Revoke for good").sees("Revoked. The public page says so from now on.")
    page.goto(f"/verify/{own.serial}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("REVOKED on")
    expect(page.get_by_text(REASON)).to_be_visible()
    said = page.request.get(f"/api/v1/credentials/{own.serial}").json()
    assert (said["status"], said["reason"]) == ("revoked", REASON)
    assert (said["name_shown"], own.holder in str(said)) == ("initials", False)
    administrator.reload().sees_not("Revoke this certificate")


def test_a_clinic_sees_a_suspension_and_its_end(
    server: Server, walk: Walk, page: Page, newcomer: str
) -> None:
    own = server.world.earn(newcomer).standing
    administrator = walk("dina").to(f"/credentials?serial={own.serial}")
    administrator.press("Suspend this certificate")
    reason = administrator.page.get_by_label("Reason, in a sentence")
    reason.fill("A complaint is being looked into.")
    reason.press("Control+Enter")
    administrator.press("Suspend it").sees("Suspended. The public page says so from now on.")
    page.goto(f"/verify/{own.serial}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SUSPENDED since")
    expect(page.get_by_text("A complaint is being looked into.")).to_be_visible()
    administrator.press("Reinstate this certificate")
    reason.fill("The complaint was groundless.")
    reason.press("Control+Enter")
    administrator.press("Reinstate it").sees("Reinstated. The public page says so from now on.")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("VALID")


def test_a_clinic_uploads_the_pdf_it_was_given_and_a_forgery_of_it(
    server: Server, page: Page, newcomer: str
) -> None:
    world = server.world
    own = world.earn(newcomer).standing
    with world.looking(newcomer) as tx:
        pdf = own_credential_pdf(tx, own.serial)
    assert _upload(page, pdf) == "VALID"
    expect(page.get_by_text("byte for byte, the file")).to_be_visible()
    expect(page.get_by_role("row", name=f"Holder {own.holder}")).to_be_visible()
    expect(page.get_by_text(": right")).to_have_count(6)
    assert _upload(page, pdf + b"\n% more") == "NOT VALID"
    expect(page.get_by_text("Something was added to the file after it was sealed.")).to_be_visible()


def test_a_role_given_in_the_app_is_there_at_the_next_click(
    server: Server, walk: Walk, newcomer: str
) -> None:
    person = walk(newcomer).to("/bank").sees("Your account may not see this page.")
    person.to("/")
    administrator = walk("dina").to("/people").type("Search", f"{newcomer}@example.org")
    administrator.follow(newcomer.title()).press("Give instructor").sees("Instructor: given.")
    person.follow("Courses").choose("Items", "Item bank").sees_heading("Item bank")
    administrator.press("Withdraw instructor").sees("Instructor: withdrawn.")
    person.follow("Start")
    person.to("/bank").sees("Your account may not see this page.")


def _upload(page: Page, pdf: bytes) -> str:
    page.goto("/verify/file")
    given = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": pdf}
    page.get_by_label("PDF or credential file").set_input_files(given)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="What was checked").wait_for()
    return page.get_by_role("heading", level=1).inner_text()


def _check(clinic: Walker, serial: str) -> str:
    clinic.plain("/verify").page.get_by_label("Serial of the certificate").fill(serial)
    clinic.page.get_by_role("button", name="Check", exact=True).click()
    return clinic.page.get_by_role("heading", level=1).inner_text()
