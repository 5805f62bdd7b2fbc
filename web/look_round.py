"""Writing down now and then how often certificates were looked at."""

import structlog

from base.errors import Unavailable
from base.permissions import SYSTEM
from certs.commands.sharing import count_looks
from web.site import Site

_log = structlog.get_logger()


def write_looks_down(site: Site) -> None:
    """Write down what was counted since the last round; what fails is counted on. Never raises."""
    counts, here = site.looks.take(), site.academy()
    if not counts:
        return
    try:
        with here.database.write(SYSTEM, site.clock(), here.config) as tx:
            count_looks(tx, counts)
    except Unavailable as error:
        site.looks.put_back(counts)
        _log.warning("counting looks must wait", reason=str(error))
    except Exception:
        _log.exception("counting looks failed")
