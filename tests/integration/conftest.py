"""Fixtures for commands."""

import pytest

from tests.factories import World
from tests.integration.changes import with_edda


@pytest.fixture
def edda(world: World) -> World:
    """The academy with a second author."""
    return with_edda(world)
