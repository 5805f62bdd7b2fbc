"""The form of a lesson: its fields, its pictures, and the problems of both in words."""

from datetime import date

import streamlit as st
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from courses.commands.lesson_writing import add_lesson_picture
from courses.lessons import FigureBlock, Lesson, blocks, cited
from courses.queries.lesson_writing import LessonChoices
from courses.reading_time import WORDS_A_MINUTE, reading_minutes, shown_count, word_count
from quizbank.files import LARGEST_PICTURE_MB, address_of
from ui.act import act
from ui.entries import short
from ui.lessons.draft import LessonDraft
from ui.words import count

_NAMES = {
    "title": "Title",
    "objectives": "Objectives",
    "minutes": "Minutes",
    "goals": "After this lesson you can",
    "key_points": "Key points",
    "checks": "Checks",
    "sources": "Sources",
    "reviewed": "Reviewed on",
    "review_due": "Review due on",
    "body": "Text of the lesson",
}
_SAID = {
    "string_too_short": "write something here.",
    "string_too_long": "this is too long; say it in at most 300 characters.",
    "string_type": "write something here.",
    "too_short": "write or choose at least one.",
    "date_type": "choose a day.",
    "date_from_datetime_parsing": "choose a day.",
    "int_type": "write a whole number.",
    "greater_than_equal": "write 1 or more.",
    "less_than_equal": "write 240 or less.",
    "missing": "write or choose something here.",
}


def edit_fields(draft: LessonDraft, choices: LessonChoices) -> None:
    """Draw the fields around the text; whatever is typed is in the draft when this returns."""
    draft.fields["title"] = st.text_input(
        "Title", value=draft.words("title"), key=draft.key("title"), max_chars=300
    )
    titles = {one.code: f"{one.code} · {one.title}" for one in choices.objectives}
    _choose(draft, "objectives", "Objectives that it teaches", titles)
    _lines(draft, "goals", "After this lesson you can … (one a line)")
    _lines(draft, "key_points", "Key points (one a line)")
    stems = {one.item_id: f"{one.item_id} · {short(one.stem, 70)}" for one in choices.checks}
    _choose(draft, "checks", "Checks that close it", stems)


def edit_standing(draft: LessonDraft, choices: LessonChoices) -> None:
    """Draw the sources, the dates of review and the minutes."""
    citations = {one.key: f"{one.key} · {short(one.citation, 70)}" for one in choices.sources}
    _choose(draft, "sources", "Sources", citations)
    named = cited_keys(draft.body, choices)
    if {*named} != {*draft.listed("sources")} and st.button(
        "List the sources that the text and its figures cite", key=draft.key("cited")
    ):
        draft.fields["sources"] = [*named]
        draft.generation += 1
        st.rerun()
    with st.container(horizontal=True):
        for name in ("reviewed", "review_due"):
            chosen = st.date_input(
                _NAMES[name],
                value=_day(draft.words(name)),
                key=draft.key(name),
                format="YYYY-MM-DD",
                width=200,
            )
            draft.fields[name] = chosen.isoformat() if isinstance(chosen, date) else None
    _edit_minutes(draft)


def cited_keys(body: str, choices: LessonChoices) -> tuple[str, ...]:
    """Return the sources that the text and its figures cite, sorted."""
    names = [one.name for one in blocks(body) if isinstance(one, FigureBlock)]
    figures = [choices.known.figures.get(name) for name in names]
    drawn = {key for figure in figures if figure for key in figure.sources()}
    return tuple(sorted({key for _, key in cited(body)} | drawn))


def field_problems(draft: LessonDraft) -> list[str]:
    """Return what keeps the fields from being those of a lesson, in the words of the form."""
    minutes = draft.fields.get("minutes") or counted_minutes(draft)
    data = {**draft.fields, "minutes": minutes, "slug": "x", "body": draft.body or "x"}
    try:
        Lesson.model_validate(data)
    except ValidationError as error:
        return [*dict.fromkeys(_in_words(one) for one in error.errors())]
    return []


def counted_minutes(draft: LessonDraft) -> int:
    """Return the minutes that the lesson takes by its words, figures and checks."""
    return reading_minutes(draft.body, len(draft.listed("checks")))


def offer_picture(draft: LessonDraft) -> None:
    """Draw the upload of a picture; stored, it is the first in the list above the text."""
    with st.expander("Add a picture", icon=":material/add_photo_alternate:"):
        upload = st.file_uploader(
            f"Picture: PNG, JPEG, GIF or WebP, at most {LARGEST_PICTURE_MB} MB",
            type=["png", "jpg", "jpeg", "gif", "webp"],
            max_upload_size=LARGEST_PICTURE_MB,
            key=draft.key("picture"),
        )
        typed = st.text_input(
            "What the picture shows, for those who cannot see it", key=draft.key("alt")
        )
        words = " ".join(typed.replace("[", "(").replace("]", ")").split())
        if upload is not None and not words:
            st.markdown("Write what the picture shows, then it can be stored.")
        ready = upload is not None and bool(words)
        pressed = st.button("Store the picture", key=draft.key("store"), disabled=not ready)
    if pressed and upload is not None:
        _store(draft, upload.getvalue(), words)


def _store(draft: LessonDraft, content: bytes, words: str) -> None:
    picture, acting = None, act()
    with acting as tx:
        picture = add_lesson_picture(tx, content)
    if picture is None or not acting.committed:
        return
    draft.pictures[picture.digest] = words
    draft.chosen = picture_line(picture.digest, words)
    st.success(
        "Stored, and chosen in the list above the text. Put the cursor where the picture belongs, "
        "then press “Put it in at the cursor”.",
        icon=":material/check_circle:",
    )


def picture_line(digest: str, words: str) -> str:
    """Return the line of a lesson that shows a picture."""
    return f"![{words}]({address_of(digest)})"


def _edit_minutes(draft: LessonDraft) -> None:
    counted = counted_minutes(draft)
    standing = draft.fields.get("minutes")
    draft.fields["minutes"] = st.number_input(
        f"Minutes (empty: {counted}, as counted)",
        min_value=1,
        max_value=240,
        value=int(str(standing)) if standing is not None else None,
        key=draft.key("minutes"),
        width=300,
    )
    st.markdown(
        f":small[Counted: {count(word_count(draft.body), 'word')} at {WORDS_A_MINUTE} a minute, "
        f"and a minute for each of {count(shown_count(draft.body), 'figure')} and "
        f"{count(len(draft.listed('checks')), 'check')}.]"
    )


def _choose(draft: LessonDraft, name: str, label: str, words: dict[str, str]) -> None:
    standing = draft.listed(name)
    draft.fields[name] = [
        *st.multiselect(
            label,
            [*words, *(one for one in standing if one not in words)],
            default=standing,
            key=draft.key(name),
            format_func=lambda one: words.get(one, f"{one} · unknown"),
            placeholder="Choose at least one",
            wrap=True,
        )
    ]


def _lines(draft: LessonDraft, name: str, label: str) -> None:
    typed = st.text_area(
        label, value="\n".join(draft.listed(name)), key=draft.key(name), height="content"
    )
    draft.fields[name] = [line.strip() for line in typed.splitlines() if line.strip()]


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _in_words(error: ErrorDetails) -> str:
    said = _SAID.get(error["type"]) or f"{error['msg'].removeprefix('Value error, ')}."
    name = str(error["loc"][0]) if error["loc"] else ""
    if not name:
        # What the whole lesson says of itself names its fields as the file does.
        for field, words in _NAMES.items():
            said = said.replace(field, f"“{words}”")
        return said[0].upper() + said[1:]
    return f"{_NAMES.get(name, name)}: {said}"
