"""dodaj bio uzytkownika

Revision ID: b81e5d4470fa
Revises: 4d2b90a7c6e1
Create Date: 2026-06-04 22:10:45.871002

"""
from alembic import op
import sqlalchemy as sa


revision = 'b81e5d4470fa'
down_revision = '4d2b90a7c6e1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('uzytkownik') as batch_op:
        batch_op.add_column(sa.Column('bio', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('uzytkownik') as batch_op:
        batch_op.drop_column('bio')
