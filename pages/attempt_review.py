"""One's own exam, looked at again: what its rules show at this time, and nothing else."""

import streamlit as st

from base.permissions import Permission
from quizbank.queries.attempt_review import attempt_review
from quizbank.queries.bank import sources
from ui.act import look
from ui.lessons.text import draw_sources
from ui.nav import link, parameter
from ui.results.attempt_review import draw_item, draw_review, draw_window, style_answers
from ui.words import moment

with look(Permission.EXAM_SIT) as tx:
    review = attempt_review(tx, parameter("attempt"))

link("Back to the result", "result", icon=":material/arrow_back:", attempt=review.attempt_id)
st.title(f"Your answers: {review.rules.title.lower()}")
st.markdown(f"Ended {moment(review.closed_at)}. Nothing here can be changed any more.")
draw_window(review.seen)
style_answers()
cited: dict[str, None] = {}
for one in draw_review(review):
    cited |= dict.fromkeys(draw_item(review, one))
if cited:
    with look(Permission.COURSE_STUDY) as tx:
        named = sources(tx, [*cited])
    draw_sources(named)
