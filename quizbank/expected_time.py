"""How long an answer is expected to take, where the item itself does not say."""

# Planning figures of the academy, in seconds; a blueprint's time budget names them on screen.
SECONDS_BY_KIND = {
    "description": 30,
    "true_false": 40,
    "single_choice": 75,
    "multiple_response": 90,
    "numeric": 90,
    "short_answer": 75,
    "matching": 120,
    "ordering": 120,
    "cloze": 120,
    "hotspot": 75,
    "essay": 900,
    "case": 600,
}
SECONDS_OF_ANOTHER_KIND = 90


def expected_seconds(kind: str, seconds: int | None) -> int:
    """Return the item's own expected time, or the academy's for its kind."""
    return SECONDS_BY_KIND.get(kind, SECONDS_OF_ANOTHER_KIND) if seconds is None else seconds
