"""Alembic migrations, from empty to head."""
