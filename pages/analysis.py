"""Item analysis: how reliable an exam is, which items stand out, and who chose what."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.analysis import keep_analysis
from quizbank.queries.analysis import AnalysisFound, analysed_exams, exam_analysis
from quizbank.statistics.item_flags import FEWEST
from ui.act import act, look, refuse
from ui.analysis.chart import draw_chart
from ui.analysis.figure_words import TOO_FEW
from ui.analysis.item import draw_drift, draw_flags, draw_item_figures, draw_options
from ui.analysis.items import ask_items, draw_items
from ui.analysis.whole_test import draw_test
from ui.entries import Entry, draw_entries
from ui.kinds.item_form import stem_of
from ui.nav import link, parameter
from ui.words import count, plain


def _draw_exams() -> None:
    with look(Permission.RESULT_READ) as tx:
        exams = analysed_exams(tx)
    st.title("Item analysis")
    if not exams:
        st.markdown("**There is no exam yet.** Load a course; its exam comes with it.")
    draw_entries(
        [
            Entry(
                f"**{plain(one.title)}**",
                "analysis",
                {"exam": one.exam_id},
                (count(one.decided, "decided attempt"),),
            )
            for one in exams
        ],
        "analysed-exams",
    )


def _found(exam_id: str) -> AnalysisFound:
    with st.spinner("Counting answers…"), look(Permission.RESULT_READ) as tx:
        found = exam_analysis(tx, exam_id)
    if not found.stored and found.analysis:
        with act() as tx:
            keep_analysis(tx, found)
    return found


def _draw_exam(exam_id: str) -> None:
    found = _found(exam_id)
    link("All exams", "analysis", icon=":material/arrow_back:")
    st.title(f"Item analysis: {plain(found.rules.title)}")
    analysis = found.analysis
    if analysis is None:
        st.markdown("**Nobody's attempt is decided yet** under the rules that stand now.")
        return
    said = [count(analysis.attempts, "decided attempt")]
    if analysis.retakes:
        said.append(
            f"{analysis.retakes} of them {'a retake' if analysis.retakes == 1 else 'retakes'}"
        )
    if analysis.left_out:
        said.append(f"{analysis.left_out} left out: another cut score or number of questions")
    st.markdown(", ".join(said) + ".")
    if analysis.attempts < FEWEST:
        st.info(TOO_FEW, icon=":material/hourglass_empty:")
    st.header("The exam as a whole")
    draw_test(analysis)
    st.header("Item by item")
    shown = ask_items(found)
    draw_chart(shown, found.names)
    draw_items(found, shown)


def _draw_item(exam_id: str, version_id: str) -> None:
    found = _found(exam_id)
    items = found.analysis.items if found.analysis else ()
    one = next((one for one in items if one.figures.item_version_id == version_id), None)
    if one is None:
        refuse("No decided attempt had this item. Go to the analysis and choose another.")
        return
    name = found.names[version_id]
    link(
        f"Item analysis: {found.rules.title}",
        "analysis",
        icon=":material/arrow_back:",
        exam=exam_id,
    )
    st.title(f"{name.item_id}, version {name.version}")
    st.markdown(stem_of(name.item.prompt()))
    draw_flags(one)
    link("Open the item", "item", icon=":material/edit_note:", id=name.item_id)
    st.header("Its figures")
    draw_item_figures(one.figures)
    st.header("Who chose what")
    draw_options(one.figures)
    st.header("Over time")
    draw_drift(one.figures.drift)


exam, version = parameter("exam"), parameter("item")
if exam and version:
    _draw_item(exam, version)
elif exam:
    _draw_exam(exam)
else:
    _draw_exams()
