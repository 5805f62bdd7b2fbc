"""Alembic's environment: runs on the connection that `base.schema` hands over."""

from alembic import context

from base.db import UtcInstant
from migrations.tables import METADATA


def _render(kind: str, value: object, _context: object) -> str | bool:
    # Versions never import app code: our own type is written as the one beneath it.
    if kind == "type" and isinstance(value, UtcInstant):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
