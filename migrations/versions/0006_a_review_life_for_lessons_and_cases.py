"""A review life for lessons, outlines and screening cases"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('draft', 'in review', 'returned')")


def upgrade() -> None:
    op.create_table('content_change',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('course_slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('module', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('lesson', 'outline', 'screening case')", name=op.f('ck_content_change_kind')),
    sa.CheckConstraint("state IN ('draft', 'in review', 'returned', 'published', 'dropped')", name=op.f('ck_content_change_state')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_content_change_course_slug_course')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_change'))
    )
    with op.batch_alter_table('content_change', schema=None) as batch_op:
        batch_op.create_index('ix_content_change_state', ['state', 'updated_at'], unique=False)
        batch_op.create_index('uq_content_change_open', ['kind', 'course_slug', 'key'], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

    op.create_table('content_event',
    sa.Column('change_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('person', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['change_id'], ['content_change.id'], name=op.f('fk_content_event_change_id_content_change')),
    sa.PrimaryKeyConstraint('change_id', 'number', name=op.f('pk_content_event'))
    )
    _keep_what_is_being_written()
    op.drop_table('content_draft')


def _keep_what_is_being_written() -> None:
    # Only the name of who saved last was kept: whoever bears it counts as the author.
    op.execute(
        "INSERT INTO content_change (id, kind, course_slug, key, based_on, text, module, state,"
        " author_id, author, created_at, updated_at, revision)"
        " SELECT 'begun-' || course_slug || '/' || lesson_slug,"
        " CASE WHEN lesson_slug = '' THEN 'outline' ELSE 'lesson' END,"
        " course_slug, lesson_slug, based_on, text, module, 'draft',"
        " (SELECT min(person.id) FROM person WHERE person.name = saved_by),"
        " saved_by, saved_at, saved_at, revision FROM content_draft"
    )


def downgrade() -> None:
    op.create_table('content_draft',
    sa.Column('course_slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('lesson_slug', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('module', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_content_draft_course_slug_course')),
    sa.PrimaryKeyConstraint('course_slug', 'lesson_slug', name=op.f('pk_content_draft'))
    )
    op.execute(
        "INSERT INTO content_draft (course_slug, lesson_slug, based_on, revision, text, module,"
        " saved_at, saved_by)"
        " SELECT course_slug, key, based_on, revision, text, module, updated_at, author"
        " FROM content_change WHERE kind <> 'screening case'"
        " AND state IN ('draft', 'in review', 'returned')"
    )
    op.drop_table('content_event')
    with op.batch_alter_table('content_change', schema=None) as batch_op:
        batch_op.drop_index('uq_content_change_open', sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_index('ix_content_change_state')

    op.drop_table('content_change')
