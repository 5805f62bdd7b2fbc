"""A lesson written to its file and read back, and its minutes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.lesson_files import fields_of, file_of, lesson_file
from courses.lessons import Lesson, read_lesson
from courses.reading_time import reading_minutes, shown_count, word_count

# What a browser's field and a UTF-8 file can hold; lines end as `read_lesson` reads them.
_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85\ufeff"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))
_KEYS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
_LINES = st.lists(_WORDS.map(str.strip), min_size=1, max_size=3, unique=True)
_BODY = st.lists(st.one_of(_WORDS, st.sampled_from(["", "---", "## A", "| a | b |"])), min_size=1)


@st.composite
def lessons(draw: st.DrawFn) -> Lesson:
    reviewed = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    return Lesson(
        slug=draw(_KEYS),
        title=draw(_WORDS),
        objectives=tuple(draw(_LINES)),
        minutes=draw(st.integers(1, 240)),
        goals=tuple(draw(_LINES)),
        key_points=tuple(draw(_LINES)),
        checks=tuple(draw(st.lists(_KEYS, min_size=1, max_size=3, unique=True))),
        sources=tuple(draw(_LINES)),
        reviewed=reviewed,
        review_due=reviewed + timedelta(days=365),
        body="\n".join(draw(_BODY)) or "x",
    )


@given(lessons())
def test_every_lesson_is_read_back_from_its_file_as_it_was(lesson: Lesson) -> None:
    assert read_lesson(lesson.slug, file_of(lesson)).lesson == lesson


@given(lessons())
def test_fields_and_text_come_apart_as_they_were_put_together(lesson: Lesson) -> None:
    fields, body = fields_of(file_of(lesson))
    assert body == lesson.body
    assert lesson_file(fields, body) == file_of(lesson)


def test_an_unfinished_lesson_keeps_what_was_typed() -> None:
    fields, body = fields_of(lesson_file({"title": "", "goals": [], "minutes": None}, "Begin"))
    assert fields == {"title": "", "goals": [], "minutes": None}
    assert body == "Begin"


def test_a_text_without_fields_is_all_body() -> None:
    assert fields_of("Only words.") == ({}, "Only words.")


def test_minutes_come_from_words_figures_and_checks() -> None:
    body = "word " * 300 + "\n\n{{figure: skin-section}}\n\n![A roller](pictures/r.png)\n"
    assert word_count(body) == 300
    assert shown_count(body) == 2
    assert reading_minutes(body, checks=3) == 2 + 2 + 3
    assert reading_minutes("", checks=0) == 1
