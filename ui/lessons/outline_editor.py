"""Editing a course's outline: every press saves a draft, which a reload or another device finds."""

from collections.abc import Callable

import streamlit as st

from courses.commands.course_writing import save_outline_draft
from courses.outline_edit import (
    DraftModule,
    DraftOutline,
    lesson_moved,
    module_changed,
    module_moved,
    with_lesson,
    with_module,
    without_lesson,
    without_module,
)
from courses.queries.course_writing import CourseSheet
from ui.act import act
from ui.nav import link

Edit = Callable[[DraftOutline], DraftOutline]


def generation(sheet: CourseSheet) -> str:
    """Return what stands in the keys of the fields, so that another text fills them afresh."""
    return f"outline-{sheet.slug}-{st.session_state.get(_slot(sheet), 0)}"


def fill_afresh(sheet: CourseSheet) -> None:
    """Let the fields show what is saved, whatever they showed before."""
    st.session_state[_slot(sheet)] = st.session_state.get(_slot(sheet), 0) + 1
    st.session_state.pop(f"{_slot(sheet)}-seen", None)


def offer_saved(sheet: CourseSheet) -> None:
    """Where the outline went on elsewhere, offer the two ways on; nothing is overwritten."""
    if _seen(sheet) == sheet.revision:
        return
    st.warning(
        "This outline went on in another tab or by somebody else. What you typed is kept below, "
        "and is not saved.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button("Keep what I typed and save it over"):
            st.session_state[f"{_slot(sheet)}-seen"] = sheet.revision
            st.rerun()
        if st.button("Load what is saved"):
            fill_afresh(sheet)
            st.rerun()


def edit_head(sheet: CourseSheet) -> None:
    """Draw the course's title, its summary and the courses that come before it."""
    key, outline = generation(sheet), sheet.outline
    title = st.text_input("Title of the course", outline.title, key=f"{key}-title", max_chars=120)
    summary = st.text_area("Summary", outline.summary, key=f"{key}-summary", height="content")
    requires = st.multiselect(
        "Courses whose exam must be passed before this one's",
        [*sheet.others, *(one for one in outline.requires if one not in sheet.others)],
        default=outline.requires,
        key=f"{key}-requires",
        format_func=lambda one: sheet.others.get(one, one),
        placeholder="None",
    )
    fields = {"title": title, "summary": summary, "requires": tuple(requires)}
    changed = outline.model_copy(update=fields)
    if changed != outline:
        _save(sheet, lambda standing: standing.model_copy(update=fields))


def edit_modules(sheet: CourseSheet) -> None:
    """Draw every module with its lessons, and the buttons that move them."""
    earlier: list[str] = []
    for number, module in enumerate(sheet.outline.modules, start=1):
        with st.container(border=True):
            _edit_module(sheet, number, module, tuple(earlier))
        earlier += module.lessons
    if st.button("Add a module", key=f"{generation(sheet)}-add", icon=":material/add:"):
        _save(sheet, lambda standing: with_module(standing, "New module"))


def edit_left_out(sheet: CourseSheet) -> None:
    """List what is written and stands in no module."""
    out = [one for one in sheet.titles if one not in sheet.outline.lessons]
    begun = [one for one in sheet.begun if one not in sheet.titles]
    if not out and not begun:
        return
    st.header("Not in the outline")
    for lesson in begun:
        label = f"{sheet.begun[lesson]}: being written, not published yet"
        link(label, "lesson_edit", icon=":material/edit_note:", course=sheet.slug, lesson=lesson)
    for lesson in out:
        link(
            sheet.titles[lesson],
            "lesson_edit",
            icon=":material/article:",
            course=sheet.slug,
            lesson=lesson,
        )
        if sheet.outline.modules:
            last = sheet.outline.modules[-1]
            _press(
                sheet,
                f"Put “{sheet.titles[lesson]}” into “{last.title}”",
                f"in-{lesson}",
                "add",
                lambda standing, lesson=lesson: with_lesson(
                    standing, lesson, standing.modules[-1].id
                ),
            )


def _edit_module(
    sheet: CourseSheet, number: int, module: DraftModule, earlier: tuple[str, ...]
) -> None:
    key = f"{generation(sheet)}-{module.id}"
    st.subheader(f"Module {number}")
    title = st.text_input("Title of the module", module.title, key=f"{key}-title", max_chars=120)
    for lesson in module.lessons:
        _draw_lesson(sheet, lesson)
    if not module.lessons:
        st.markdown("No lesson yet.")
    choices = [*dict.fromkeys([*earlier, *module.after])]
    after = module.after
    if choices:
        chosen = st.multiselect(
            "Opens after these lessons",
            choices,
            default=module.after,
            key=f"{key}-after",
            format_func=lambda one: sheet.titles.get(one, one),
            placeholder="Open from the start",
        )
        after = tuple(chosen)
    if (title, after) != (module.title, module.after):
        _save(sheet, lambda standing: module_changed(standing, module.id, title, after))
    _move_module(sheet, number, module)


def _move_module(sheet: CourseSheet, number: int, module: DraftModule) -> None:
    with st.container(horizontal=True):
        for way, by in (("up", -1), ("down", 1)):
            _press(
                sheet,
                f"Module {number} {way}",
                f"{module.id}-{way}",
                f"arrow_{way}ward",
                lambda standing, by=by: module_moved(standing, module.id, by),
                disabled=not 0 < number + by <= len(sheet.outline.modules),
            )
        _press(
            sheet,
            f"Remove module {number}",
            f"{module.id}-remove",
            "delete",
            lambda standing: without_module(standing, module.id),
        )


def _draw_lesson(sheet: CourseSheet, lesson: str) -> None:
    title = sheet.titles.get(lesson, lesson)
    place = sheet.outline.lessons.index(lesson) + 1
    drafted = " · draft begun" if lesson in sheet.begun else ""
    label = f"**{place}. {title}**{drafted}"
    link(label, "lesson_edit", icon=":material/edit_note:", course=sheet.slug, lesson=lesson)
    with st.container(horizontal=True):
        for way, by in (("up", -1), ("down", 1)):
            _press(
                sheet,
                f"Lesson {place} {way}",
                f"{lesson}-{way}",
                f"arrow_{way}ward",
                lambda standing, by=by: lesson_moved(standing, lesson, by),
                disabled=lesson_moved(sheet.outline, lesson, by) == sheet.outline,
            )
        _press(
            sheet,
            f"Lesson {place} out",
            f"{lesson}-out",
            "remove_circle",
            lambda standing: without_lesson(standing, lesson),
        )


def _press(
    sheet: CourseSheet, label: str, key: str, icon: str, edit: Edit, disabled: bool = False
) -> None:
    pressed = st.button(
        label,
        key=f"{generation(sheet)}-{key}",
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=disabled,
    )
    if pressed:
        _save(sheet, edit)


def _save(sheet: CourseSheet, edit: Edit) -> None:
    if _seen(sheet) != sheet.revision:
        # The page asks above which of the two texts goes on.
        return
    revision, acting = 0, act()
    with acting as tx:
        revision = save_outline_draft(
            tx, sheet.slug, sheet.based_on, edit(sheet.outline), sheet.revision
        )
    if acting.committed:
        st.session_state[f"{_slot(sheet)}-seen"] = revision
        st.rerun()


def _seen(sheet: CourseSheet) -> int:
    """Return the draft's revision that this screen went on from."""
    return st.session_state.setdefault(f"{_slot(sheet)}-seen", sheet.revision)


def _slot(sheet: CourseSheet) -> str:
    return f"outline-{sheet.slug}-generation"
