"""The round that reminds clinics of certificates that end."""

from datetime import datetime, timedelta

import structlog

from base.errors import Unavailable
from base.permissions import SYSTEM
from certs.commands.reminders import clinics_to_look_after, remind
from web.site import Site

# Ends are days away, and looking at every clinic is not for every few seconds.
_EVERY = timedelta(minutes=10)
_log = structlog.get_logger()


class Reminding:
    """Reminds when it is called, but for the next ten minutes after it did. Never raises."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._next: datetime | None = None

    def __call__(self) -> int:
        """Write what is due; returns how many mails."""
        now = self._site.clock()
        if self._next and now < self._next:
            return 0
        self._next = now + _EVERY
        return remind_of_ends(self._site)


def remind_of_ends(site: Site) -> int:
    """Write every reminder that is due, clinic by clinic; returns how many. Never raises."""
    here = site.academy()
    written = 0
    try:
        with here.database.read(SYSTEM, site.clock(), here.config) as tx:
            clinics = clinics_to_look_after(tx)
        for clinic_id in clinics:
            with here.database.write(SYSTEM, site.clock(), here.config) as tx:
                written += remind(tx, clinic_id)
    except Unavailable as error:
        _log.warning("reminders must wait", reason=str(error))
    except Exception:
        _log.exception("reminding of ends failed")
    return written
