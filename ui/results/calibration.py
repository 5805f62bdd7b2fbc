"""How sure and how right: a picture with its figures in words and as a table."""

import base64
from html import escape

import streamlit as st

from courses.figures.palette import DARK, LIGHT, Palette
from courses.queries.calibration import CourseCalibration
from quizbank.calibration import Calibration, Judgement, Level, in_words
from quizbank.confidence import Sureness
from ui.words import count

_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"
# The picture's measures in pixels: rows beneath each other, shares from left to right.
_WIDTH, _LEFT, _RIGHT, _ROW, _AXIS = 340, 92, 318, 38, 26
_JUDGED = {
    Judgement.TOO_SURE: (
        ":orange[:material/trending_down: **Surer than right.**] “{word}” should mean at least "
        "{promised:.0%} right."
    ),
    Judgement.MORE_THAN_SAID: (
        ":green[:material/trending_up: **You know more than you say.**] You may trust it more."
    ),
    Judgement.AS_SAID: ":material/check: That agrees with what you said, as far as one can tell.",
}


def draw_calibration(told: Calibration, sureness: Sureness, *, own: bool = True) -> None:
    """Draw the levels; `own` speaks to the person, else of the trainee."""
    if not told.said:
        st.markdown("No answer said how sure it was, so there is nothing to compare.")
        return
    for level in told.levels:
        if level.answers:
            st.markdown(f"**{_told(in_words(level), own)}** {_told(_judged(level), own)}")
    if told.unsaid:
        st.markdown(f"{count(told.unsaid, 'further answer')} did not say.")
    shown = [level for level in told.levels if level.judgement is not Judgement.TOO_FEW]
    if shown:
        _draw_picture(shown)
        st.markdown(
            "The dot is the share that was right, the band where it likely lies (95 %), the "
            "upright bar the least that the word should mean."
        )
        with st.expander("The same as a table"):
            st.markdown(_table(shown))
    st.markdown(
        f"That “certain” means at least {sureness.certain:.0%} right and “fairly sure” at least "
        f"{sureness.fairly_sure:.0%} is this course's own rule. None of it changes a mark."
    )


def draw_course_calibration(course: CourseCalibration) -> None:
    """Draw one's own over all of a course, with its heading; nothing before anything was said."""
    if course.told.said:
        st.header("How sure, and how right")
        st.markdown("Over all your practice here, and the exams whose results you may see.")
        draw_calibration(course.told, course.sureness)


def _told(sentence: str, own: bool) -> str:
    if own:
        return sentence
    for mine, theirs in (("you were", "the trainee was"), ("you guessed", "were guesses")):
        sentence = sentence.replace(mine, theirs)
    return sentence.replace("what you said", "what was said").replace(
        "**You know more than you say.**] You may trust it more.", "**Knows more than said.**]"
    )


def _judged(level: Level) -> str:
    if level.judgement is Judgement.AS_SAID and level.promised is None:
        # A guess promises nothing that it could agree with.
        return ""
    said = _JUDGED.get(level.judgement, "")
    return said.format(word=str(level.confidence).capitalize(), promised=level.promised or 0)


def _draw_picture(levels: list[Level]) -> None:
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    picture = base64.b64encode(_svg(levels, palette).encode()).decode()
    height = _height(levels)
    st.html(
        f'<img alt="{escape(_alt(levels))}" width="{_WIDTH}" height="{height}" '
        'style="display:block;width:100%;height:auto;max-width:34rem" '
        f'src="data:image/svg+xml;base64,{picture}">'
    )


def _alt(levels: list[Level]) -> str:
    rows = "; ".join(
        f"{level.confidence}: {level.share:.0%} right, likely between {level.low:.0%} and "
        f"{level.high:.0%}" + (f", promised {level.promised:.0%}" if level.promised else "")
        for level in levels
    )
    return f"Share of right answers by what was said. {rows}."


def _table(levels: list[Level]) -> str:
    lines = [
        "| Said | Answers | Right | Share | Likely between | Should be at least |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in levels:
        promised = f"{one.promised:.0%}" if one.promised else "no promise"
        lines.append(
            f"| {str(one.confidence).capitalize()} | {one.answers} | {one.right} | "
            f"{one.share:.0%} | {one.low:.0%} and {one.high:.0%} | {promised} |"
        )
    return "\n".join(lines)


def _height(levels: list[Level]) -> int:
    return _ROW * len(levels) + _AXIS


def _svg(levels: list[Level], palette: Palette) -> str:
    height = _height(levels)
    rows = "".join(_row(level, _ROW * place, palette) for place, level in enumerate(levels))
    bottom = _ROW * len(levels)
    axis = "".join(
        f'<line x1="{_x(share)}" x2="{_x(share)}" y1="0" y2="{bottom}" stroke="{palette.rule}"/>'
        f'<text x="{_x(share)}" y="{bottom + 18}" text-anchor="{anchor}" '
        f'fill="{palette.soft_ink}">{share:.0%}</text>'
        for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="{_FONT}" font-size="13">{axis}{rows}</svg>'
    )


def _row(level: Level, top: int, palette: Palette) -> str:
    middle = top + _ROW / 2
    word = str(level.confidence).capitalize()
    drawn = (
        f'<text x="0" y="{middle + 4:g}" fill="{palette.ink}">{word}</text>'
        f'<line x1="{_x(level.low)}" x2="{_x(level.high)}" y1="{middle:g}" y2="{middle:g}" '
        f'stroke="{palette.course}" stroke-width="5" stroke-opacity="0.45" '
        'stroke-linecap="round"/>'
        f'<circle cx="{_x(level.share)}" cy="{middle:g}" r="6" fill="{palette.course}"/>'
    )
    if level.promised:
        at = _x(level.promised)
        drawn += (
            f'<line x1="{at}" x2="{at}" y1="{middle - 13:g}" y2="{middle + 13:g}" '
            f'stroke="{palette.convention}" stroke-width="3"/>'
        )
    return drawn


def _x(share: float) -> str:
    return f"{_LEFT + (_RIGHT - _LEFT) * share:.1f}"
