"""The schema: from nothing to head, on both databases, and no further from the tables than that."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from base.db import Database
from base.errors import Unavailable
from base.schema import migrate, schema_problem
from migrations.tables import METADATA
from tests import postgres

_THEN = "'2026-01-01 00:00:00'"
_A_DECIDED_ATTEMPT = (
    "INSERT INTO person (id, name, email, demo, created_at)"
    f" VALUES ('p1', 'Alba', 'alba@example.org', false, {_THEN})",
    "INSERT INTO exam (id, title, purpose, version_id) VALUES ('e1', 'Exam', 'exam', 'v1')",
    "INSERT INTO exam_version (id, exam_id, number, rules, origin, published_at, published_by)"
    f" VALUES ('v1', 'e1', 1, '{{}}', 'person', {_THEN}, 'Bela')",
    f"INSERT INTO form (id, exam_version_id, seed, created_at) VALUES ('f1', 'v1', 7, {_THEN})",
    "INSERT INTO attempt (id, person_id, exam_id, exam_version_id, form_id, started_at, revision,"
    f" closed_at) VALUES ('a1', 'p1', 'e1', 'v1', 'f1', {_THEN}, 2, {_THEN})",
    "INSERT INTO decision (id, attempt_id, at, marks, passed, result)"
    f" VALUES ('d1', 'a1', {_THEN}, 32, true, '{{}}')",
)

_TWO_DRAFTS = (
    "INSERT INTO course (slug, exam_id, practice_id, version, version_id, filed)"
    " VALUES ('c1', 'e1', 'e1', 1, 'cv1', '')",
    "INSERT INTO content_draft (course_slug, lesson_slug, based_on, revision, text, module,"
    f" saved_at, saved_by) VALUES ('c1', '01-why', 2, 7, 'Half a sen', 'Skin', {_THEN}, 'Alba')",
    "INSERT INTO content_draft (course_slug, lesson_slug, based_on, revision, text, module,"
    f" saved_at, saved_by) VALUES ('c1', '', 1, 3, '{{}}', '', {_THEN}, 'Gone')",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Database, None, None]:
    """A database with nothing in it at all, not even a schema."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/bare.db")
        yield database
        database.dispose()
        return
    folder = request.getfixturevalue("postgres_folder")
    name = f"bare_{os.urandom(6).hex()}"
    _administer(folder, f"CREATE DATABASE {name}")
    database = Database(postgres.url_of(folder, name))
    yield database
    database.dispose()
    _administer(folder, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(folder: str, statement: str) -> None:
    database = Database(postgres.url_of(folder, "postgres"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    database.dispose()


def shape(database: Database) -> dict[str, list[str]]:
    inspector = inspect(database.engine)
    return {
        table: sorted(
            [str(column["name"]) for column in inspector.get_columns(table)]
            + [str(index["name"]) for index in inspector.get_indexes(table)]
        )
        for table in sorted(inspector.get_table_names())
    }


def test_an_empty_database_reaches_head_and_says_so(bare: Database) -> None:
    assert "Run `pinpoint init`" in (schema_problem(bare) or "")
    migrate(bare)
    assert schema_problem(bare) is None


def test_the_migrated_schema_is_the_tables_of_the_code(bare: Database) -> None:
    migrate(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    assert set(shape(bare)) == {*METADATA.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(bare: Database) -> None:
    migrate(bare)
    before = shape(bare)
    migrate(bare)
    assert shape(bare) == before


def test_items_of_the_first_academy_keep_what_they_say(bare: Database) -> None:
    migrate(bare, "0001")
    payload = '{"stem": "Which layer?", "tags": ["skin-layers", "dermis"]}'
    with bare.writing_connection() as connection:
        connection.execute(
            text(
                "INSERT INTO item (id, kind, pool, objective, level, critical, status, review_due,"
                " draw_key, version, version_id, searchable) VALUES ('mf-01-001', 'single_choice',"
                " 'exam', 'MF-01', 'apply', false, 'retired', '2027-01-01', 7, 1, 'v1', '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO item_version (id, item_id, number, payload, origin, published_at,"
                " published_by) VALUES ('v1', 'mf-01-001', 1, :payload, 'person',"
                " '2026-01-01 00:00:00', 'Bela')"
            ),
            {"payload": payload},
        )
    migrate(bare)
    with bare.engine.connect() as connection:
        kept = connection.execute(text("SELECT id, status, stem, drawn FROM item")).all()
        tags = connection.execute(text("SELECT tag FROM item_tag ORDER BY tag")).scalars().all()
    assert [tuple(row) for row in kept] == [("mf-01-001", "retired", "Which layer?", 0)]
    assert tags == ["dermis", "skin-layers"]


def test_a_decision_of_before_stands_and_may_be_seen(bare: Database) -> None:
    migrate(bare, "0002")
    with bare.writing_connection() as connection:
        for statement in _A_DECIDED_ATTEMPT:
            connection.execute(text(statement))
    migrate(bare)
    with bare.engine.connect() as connection:
        standing = connection.execute(
            text("SELECT decision_id, released_id, time_factor, pause_seconds FROM attempt")
        ).one()
        assert tuple(standing) == ("d1", "d1", 1, 0)
        assert connection.execute(text("SELECT number FROM decision")).scalar_one() == 1


def test_what_is_being_written_of_a_lesson_is_kept_with_its_author(bare: Database) -> None:
    migrate(bare, "0005")
    with bare.writing_connection() as connection:
        for statement in (*_A_DECIDED_ATTEMPT, *_TWO_DRAFTS):
            connection.execute(text(statement))
    migrate(bare)
    with bare.engine.connect() as connection:
        kept = connection.execute(
            text(
                "SELECT kind, key, based_on, revision, text, module, state, author_id, author"
                " FROM content_change ORDER BY kind"
            )
        ).all()
    assert [tuple(row) for row in kept] == [
        ("lesson", "01-why", 2, 7, "Half a sen", "Skin", "draft", "p1", "Alba"),
        ("outline", "", 1, 3, "{}", "", "draft", None, "Gone"),
    ]


_STEPS = (
    "INSERT INTO step (attempt_id, number, at, action, actor)"
    f" VALUES ('a1', 1, {_THEN}, 'started', 'p1')",
    "INSERT INTO step (attempt_id, number, at, action, position, response, actor, confidence)"
    f" VALUES ('a1', 2, {_THEN}, 'answered', 7, '{{\"option\": \"é\"}}', 'p1', 'certain')",
)


def test_steps_of_before_stand_as_they_were_in_the_order_of_their_key(bare: Database) -> None:
    migrate(bare, "0002")
    with bare.writing_connection() as connection:
        for statement in _A_DECIDED_ATTEMPT:
            connection.execute(text(statement))
    migrate(bare, "0005")
    with bare.writing_connection() as connection:
        for statement in _STEPS:
            connection.execute(text(statement))
        before = connection.execute(text("SELECT * FROM step ORDER BY number")).all()
    migrate(bare)
    with bare.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM step ORDER BY number")).all() == before
        if connection.dialect.name == "sqlite":
            made = text("SELECT sql FROM sqlite_master WHERE name = 'step'")
            assert "WITHOUT ROWID" in str(connection.execute(made).scalar_one())
            assert connection.execute(text("PRAGMA foreign_key_list(step)")).all()
    with pytest.raises(Exception, match=r"(?i)unique"), bare.writing_connection() as connection:
        connection.execute(text(_STEPS[1]))


def test_a_change_of_tables_that_breaks_a_reference_is_undone(bare: Database) -> None:
    migrate(bare)
    broken = text("INSERT INTO item_tag (item_id, tag) VALUES ('nobody', 'x')")
    with pytest.raises(Exception, match="item_tag"), bare.reshaping_connection() as connection:
        connection.execute(broken)
    with bare.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM item_tag")).scalar_one() == 0
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_checks_and_partial_indexes_hold_on_both(bare: Database) -> None:
    migrate(bare)
    names = {name for one in shape(bare).values() for name in one}
    assert {"uq_attempt_running", "uq_role_grant_standing", "ix_item_draw"} <= names
    with bare.writing_connection() as connection:
        connection.execute(text("INSERT INTO academy (id, demo) VALUES (1, false)"))
    with pytest.raises(Exception, match="ck_academy_single"), bare.writing_connection() as one:
        one.execute(text("INSERT INTO academy (id, demo) VALUES (2, false)"))


def test_a_version_from_the_future_is_not_head(bare: Database) -> None:
    migrate(bare)
    with bare.writing_connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "not up to date" in (schema_problem(bare) or "")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    with pytest.raises(Unavailable, match="folder of the database cannot be made"):
        Database(f"sqlite:///{file}/deeper/pinpoint.db")


def test_versions_never_import_the_code_of_the_house() -> None:
    versions = Path(__file__).parents[2] / "migrations" / "versions"
    for file in versions.glob("*.py"):
        imports = [
            line
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.startswith(("import ", "from "))
        ]
        assert all(
            line.split()[1].split(".")[0] in {"sqlalchemy", "alembic", "sqlmodel", "json"}
            for line in imports
        ), imports
