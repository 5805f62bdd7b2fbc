"""Sending the outbox by SMTP, outside transactions, letter by letter."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from urllib.parse import unquote, urlsplit

import structlog

from accounts.commands.outbox import claim_letters, note_not_sent, note_sent
from accounts.outbox import Letter
from accounts.queries.outbox import mail_is_due
from base.config import Config
from base.errors import Unavailable
from base.permissions import SYSTEM
from web.site import Site

_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}
_log = structlog.get_logger()


class _Refused(Exception):
    """The mail server did not take the letter; `final` where it never will."""

    def __init__(self, problem: str, final: bool = False) -> None:
        super().__init__(problem)
        self.final = final


def send_waiting(site: Site) -> int:
    """Send the letters that are due; returns how many were taken by the mail server.

    Never raises. Without `smtp_url` nothing is sent, and letters wait for an administrator to
    read them.
    """
    here = site.academy()
    if not here.config.smtp_url:
        return 0
    try:
        with here.database.read(SYSTEM, site.clock(), here.config) as tx:
            if not mail_is_due(tx):
                return 0
        with here.database.write(SYSTEM, site.clock(), here.config) as tx:
            letters = claim_letters(tx)
        return sum(_send(site, letter) for letter in letters)
    except Unavailable as error:
        _log.warning("mail must wait", reason=str(error))
    except Exception:
        _log.exception("sending mail failed")
    return 0


def _send(site: Site, letter: Letter) -> bool:
    here = site.academy()
    problem, final = "", False
    try:
        _hand_over(here.config, _written(site, letter))
    except _Refused as error:
        problem, final = str(error), error.final
        _log.warning("a mail was not taken", message=letter.id, reason=problem)
    with here.database.write(SYSTEM, site.clock(), here.config) as tx:
        if problem:
            note_not_sent(tx, letter.id, problem, final)
        else:
            note_sent(tx, letter.id)
    return not problem


def _written(site: Site, letter: Letter) -> EmailMessage:
    config = site.academy().config
    message = EmailMessage()
    message["From"] = formataddr((config.academy_name, config.sender))
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(site.clock())
    # The same at every try, so that a mailbox that got it twice can tell.
    message["Message-ID"] = f"<{letter.id}@{config.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _hand_over(config: Config, message: EmailMessage) -> None:
    try:
        with _connection(config) as server:
            _introduce(server, config)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        final = all(code >= 500 for code in codes)
        raise _Refused(f"The mail server refused the address ({codes[0]}).", final) from None
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        raise _Refused(f"The mail server answered {error.smtp_code}: {words[:200]}") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _Refused(
            f"The mail server could not be used: {error or type(error).__name__}."
        ) from None


def _connection(config: Config) -> smtplib.SMTP:
    address = urlsplit(config.smtp_url)
    host, port = address.hostname or "", address.port or _PORTS[address.scheme]
    if address.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=_SECONDS)


def _introduce(server: smtplib.SMTP, config: Config) -> None:
    address = urlsplit(config.smtp_url)
    server.ehlo()
    encrypted = address.scheme == "smtps"
    if not encrypted and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
        encrypted = True
    if address.username and not encrypted:
        raise _Refused("The mail server offers no encryption, so no password is sent to it.")
    if address.username:
        server.login(unquote(address.username), unquote(address.password or ""))
