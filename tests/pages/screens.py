"""Reading a screen as a person would."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Everything that the screen says, outside its fields."""
    kinds = (app.markdown, app.title, app.header, app.subheader, app.info, app.success)
    parts = [one for kind in (*kinds, app.warning, app.error) for one in kind]
    return "\n".join(str(one.value) for one in parts)


def entries(app: AppTest) -> list[str]:
    """The labels of the links on the screen."""
    return [str(one.proto.label) for one in app.get("page_link")]


def button(app: AppTest, label: str) -> Any:
    """The one button with this label."""
    found = [one for one in app.button if one.label == label]
    assert len(found) == 1, [one.label for one in app.button]
    return found[0]


def field(found: Any, label: str) -> Any:
    """The one field with this label among those of a kind."""
    fitting = [one for one in found if one.label == label]
    assert len(fitting) == 1, [one.label for one in found]
    return fitting[0]


def press_in_dialog(app: AppTest, opener: str, label: str) -> None:
    """Press a button of the dialog that another button opened.

    A browser redraws the dialog alone; here the whole page runs, so the opener is pressed again.
    """
    button(app, opener).click()
    button(app, label).click().run()
