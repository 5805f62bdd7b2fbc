"""How tests call `pinpoint`, and what they count of an academy."""

from collections.abc import Callable

from sqlalchemy import text
from typer.testing import Result

from tests.factories import World

Run = Callable[..., Result]


def count(world: World) -> tuple[int, int, int]:
    with world.looking("system") as tx:
        tables = ("item_version", "lesson_version", "course_version")
        one, two, three = (
            tx.session.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in tables
        )
    return one, two, three
