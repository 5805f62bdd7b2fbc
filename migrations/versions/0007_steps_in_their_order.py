"""The last step is an attempt's revision, and SQLite keeps steps in one place"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column('attempt', 'revision')
    _keep_steps(with_rowid=False)


def downgrade() -> None:
    op.add_column('attempt', sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
    newest = 'SELECT max(step.number) FROM step WHERE step.attempt_id = attempt.id'
    op.execute(sa.text(f'UPDATE attempt SET revision = coalesce(({newest}), 1)'))
    _keep_steps(with_rowid=True)


def _keep_steps(with_rowid: bool) -> None:
    if op.get_bind().dialect.name != 'sqlite':
        return
    table = {'sqlite_with_rowid': with_rowid}
    with op.batch_alter_table('step', recreate='always', table_kwargs=table):
        pass
