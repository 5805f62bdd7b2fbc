"""How long a lesson takes, counted: 150 words a minute, a minute a figure or picture or check.

150 words is slow for English prose (silent reading lies around 240): lessons are read to be
remembered, with tables and in a second language. A course rule of this academy; whoever writes a
lesson may set other minutes.
"""

import re

from courses.lessons import FigureBlock, blocks

WORDS_A_MINUTE = 150
_PICTURE_LINE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\s*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def word_count(body: str) -> int:
    """Return how many words a lesson's text has, without figures and pictures."""
    prose = " ".join(block.text for block in blocks(body) if not isinstance(block, FigureBlock))
    return len(_WORD.findall(_PICTURE_LINE.sub("", prose)))


def shown_count(body: str) -> int:
    """Return how many figures and pictures a lesson's text shows."""
    figures = sum(isinstance(block, FigureBlock) for block in blocks(body))
    return figures + len(_PICTURE_LINE.findall(body))


def reading_minutes(body: str, checks: int) -> int:
    """Return the minutes that a text with so many checks takes, at least 1."""
    reading = word_count(body) / WORDS_A_MINUTE
    return max(1, round(reading + shown_count(body) + checks))
