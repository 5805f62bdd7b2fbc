"""A wrong password or code of a sitting names its exam"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('secret_failure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('exam_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_secret_failure_exam_id_exam'), 'exam', ['exam_id'], ['id'])
        batch_op.create_index('ix_secret_failure_exam', ['exam_id', 'at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('secret_failure', schema=None) as batch_op:
        batch_op.drop_index('ix_secret_failure_exam')
        batch_op.drop_constraint(batch_op.f('fk_secret_failure_exam_id_exam'), type_='foreignkey')
        batch_op.drop_column('exam_id')
