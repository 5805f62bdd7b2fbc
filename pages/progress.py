"""One's own progress: done and required, the goal, readiness, what comes back, and one's data."""

import streamlit as st

from base.permissions import Permission
from courses.queries.calibration import course_calibration
from courses.queries.outline import course_list
from courses.queries.progress import course_progress
from ui.act import look
from ui.lessons.course_outline import draw_continue, progress_words
from ui.nav import link, parameter
from ui.people.own_data import draw_own_data
from ui.practice.forecast import draw_forecast
from ui.practice.readiness import draw_readiness, draw_strengths
from ui.practice.study_habit import draw_habit, draw_plan
from ui.results.calibration import draw_course_calibration
from ui.words import count

with look(Permission.EXAM_SIT) as tx:
    courses = {one.slug: one.title for one in course_list(tx)}

st.title("Your progress")
slug = parameter("course", "microneedling-fundamentals")
if len(courses) > 1 and slug in courses:
    names = [*courses]
    slug = st.selectbox("Course", names, index=names.index(slug), format_func=courses.__getitem__)

with look(Permission.EXAM_SIT) as tx:
    one = course_progress(tx, slug)
    how_sure = course_calibration(tx, slug)

outline = one.outline
st.progress(outline.share, text=progress_words(outline))
st.markdown(
    f"{count(outline.minutes_done, 'minute')} of lessons read, "
    f"{count(one.answers, 'question')} answered in practice. "
    + (outline.exam_needs or "Every lesson that the final exam requires is done.")
)
draw_continue(outline)
draw_habit(one.habit)
draw_plan(slug, one.plan, one.today)
draw_readiness(slug, one.readiness)
draw_strengths(slug, one.readiness)
draw_forecast(one.forecast, one.today, one.plan.coming_exam(one.today))
draw_course_calibration(how_sure)
draw_own_data()
link("Back to the course", "course", icon=":material/arrow_back:", course=slug)
