"""Names that a certificate cannot print: said in a sentence, or printed as well as can be."""

from certs.typefaces import unprintable

_NAMED_AT_MOST = 5


def unprintable_sentence(name: str) -> str:
    """Name the characters that cannot be printed and say what to do; empty where all can."""
    wrong = unprintable(name)
    if not wrong:
        return ""
    named = [_named(char) for char in wrong[:_NAMED_AT_MOST]]
    if len(wrong) > _NAMED_AT_MOST:
        named.append("others")
    listed = " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)
    return (
        f"A certificate cannot print {listed}. Write the name without, or in the spelling of your "
        "passport."
    )


def printable(text: str) -> str:
    """Return the text with a question mark for what cannot be printed.

    Forms ask for another spelling; what slips past them must not cost anybody an award.
    """
    return text.translate({ord(ch): "?" for ch in unprintable(text)})


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"“{char}” ({code})" if char.isprintable() else f"the invisible character {code}"
