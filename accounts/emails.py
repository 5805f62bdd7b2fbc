"""E-mail addresses: one written form for each mailbox, so that case makes no second account."""

from email_validator import EmailNotValidError, validate_email

from base.errors import Invalid


def normal_email(text: str) -> str:
    """Return the address in lower case, Unicode-normalised; raises `Invalid`.

    The local part is lower-cased too: no provider in use tells mailboxes apart by case, and two
    accounts that differ in case only are always a mistake.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid([f"The e-mail address does not look right: {error}"]) from None
    return checked.normalized.casefold()
