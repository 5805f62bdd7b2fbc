"""What stands above a lesson's text: where it belongs, its title, what it is good for."""

from html import escape

from courses.lesson_html import write_texts
from courses.queries.lesson import LessonView
from ui.lessons.text import written_html


def lesson_head_html(view: LessonView) -> str:
    """Return a lesson's title, facts and goals, and the way to print it."""
    facts = (
        f"Lesson {view.place} of {view.places} · {view.minutes} minutes · {view.state} · "
        f"reviewed {view.reviewed:%-d %B %Y}, next review by {view.review_due:%-d %B %Y} · "
    )
    address = f"/print/lesson/{view.course_slug}/{view.slug}"
    way = f'<a href="{escape(address)}" target="_blank">Print this lesson (in a new tab)</a>'
    (goals,) = write_texts(["\n".join(f"- {goal}" for goal in view.goals)])
    return written_html(
        f"<h1>{escape(view.title)}</h1><p>{escape(facts)}{way}</p>",
        f'<div class="goals"><p><strong>After this lesson you can</strong></p>{goals}</div>',
    )
