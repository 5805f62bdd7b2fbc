"""The exam page in front of a full hall, run without a browser."""

from base.academy import Academy, use_academy
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, words


def test_a_full_hall_lets_nobody_start_until_there_is_a_seat(world: World, open_page: Open) -> None:
    world.config = world.config.model_copy(update={"seats": 1})
    attempt = world.start_exam("lena")
    world.study("alba")
    with use_academy(Academy(world.config, world.database)):
        app = open_page("exam", "alba", course=COURSE)
        app.checkbox[0].check().run()
        button(app, "Start the exam").click().run()
        assert not app.exception
        # The number itself is drawn by the browser.
        assert [one.label for one in app.button if one.label == "Start the exam"] == []
        world.submit("lena", attempt)
        app.run()
        assert "There is a seat for you now." in words(app)


def test_who_sits_gets_back_into_a_full_hall(world: World, open_page: Open) -> None:
    world.config = world.config.model_copy(update={"seats": 1})
    world.start_exam("lena")
    with use_academy(Academy(world.config, world.database)):
        assert "Question" in words(open_page("exam", "lena", course=COURSE))
