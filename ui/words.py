"""Numbers, dates and verdicts in words."""

from datetime import datetime, timedelta


def count(number: int, thing: str) -> str:
    """Return "1 question" or "2 questions"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def day(instant: datetime) -> str:
    """Return "22 November 2026"."""
    return f"{instant:%-d %B %Y}"


def moment(instant: datetime) -> str:
    """Return "22 November 2026, 14:03 UTC"."""
    return f"{instant:%-d %B %Y, %H:%M} UTC"


def waiting_time(wait: timedelta) -> str:
    """Return a wait in its largest unit: "2 days", "5 hours", "less than an hour"."""
    hours = int(wait.total_seconds() // 3600)
    if hours >= 48:
        return count(hours // 24, "day")
    return count(hours, "hour") if hours else "less than an hour"


def lasting(time: timedelta) -> str:
    """Return a length of time: "75 minutes", "4 minutes 30 seconds", "20 seconds"."""
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    said = [count(minutes, "minute")] if minutes or not seconds else []
    return " ".join([*said, *([count(seconds, "second")] if seconds else [])])


def as_typed(text: str) -> str:
    """Return a longer text so that Markdown shows it as it stands, line by line."""
    return "  \n".join(plain(line) or "\u00a0" for line in text.splitlines())


def plain(text: str) -> str:
    r"""Return the text so that Markdown shows it as it stands: a name `A*B` stays `A*B`."""
    return "".join(f"\\{ch}" if ch in r"\`*_{}[]()#+-.!|<>$~:&" else ch for ch in text)
