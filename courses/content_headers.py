"""What the files of a content folder say above their data, for whoever opens them in an editor.

Files that were loaded come back with their own words; these stand above those that never were,
and are the same in every academy.
"""

from courses.content_folder import COURSE_FILE, SOURCES_FILE
from courses.handbook import CONTRAINDICATIONS_FILE, GLOSSARY_FILE

_HEADERS = {
    SOURCES_FILE: """
        The register of sources. seen: abstract | excerpt | not_seen | rule.
        Nothing was read in full. Link: the first identifier that our facts give; none otherwise.
    """,
    GLOSSARY_FILE: """
        Words of the courses, in alphabetical order. Plain meanings; clinical ones have their
        sources.
    """,
    CONTRAINDICATIONS_FILE: """
        The 27 rows of screening, in the order of the course. A number marked [CR] is a course
        rule. Educational content: a licensed clinician must review it before any use with clients.
    """,
    COURSE_FILE: """
        What the course teaches and in which order, how practice and the exam draw, what its
        certificate says. `time_budget`: a form holds no more than fits into these minutes.
        `renew_after_days`: from then on a holder may sit the exam again, to renew. `coverage`: the
        course's own ceilings (course rule); without sites it covers no treatment, and whoever asks
        is told so.
    """,
    "skin-section.yaml": """
        What the figure draws. Every number is in millimetres and stands in the course's facts.
    """,
    "healing-timeline.yaml": """
        What the figure draws. `starts` and `ends` hold two instants where the course gives a
        range; "hours" has no number in the course, and is drawn as a fade from one hour to one day.
    """,
    "depth-explorer.yaml": """
        What the depth explorer draws. Every number is in millimetres and stands in our facts base;
        a test compares them. A spread is a standard deviation. Without a reading the site says so.
        Rules change: a line is an example of how differently lines are drawn, never a permission.
    """,
    "healing-explorer.yaml": """
        What the healing explorer draws. Times as our facts base gives them; "hours" has no number
        there and is drawn as a fade from one hour to one day.
    """,
    "lidocaine-arithmetic.yaml": """
        What the calculator works with. The ceilings are those of one label of a 4% topical
        solution; nothing here is a dose to aim at.
    """,
    "scar-atlas.yaml": """
        What the scar atlas draws: the course's scar types. `drawn` says what its two pictures show.
    """,
    "skin-types.yaml": """
        What the skin types draw. `burns` counts never 0, very rarely or almost never 1 … always 5,
        as the words stand in our facts base; `tans` counts never 0, poorly 1, gradually 2, easily
        3, and is absent where the facts say nothing.
    """,
}


def headed(path: str, text: str) -> str:
    """Return the text of a file with the comment that stands above it, where it has one."""
    words = _HEADERS.get(path.rsplit("/", 1)[-1], "")
    said = "".join(f"# {line.strip()}\n" for line in words.strip().splitlines() if line.strip())
    return said + text
