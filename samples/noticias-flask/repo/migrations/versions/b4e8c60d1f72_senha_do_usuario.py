"""senha do usuario

Revision ID: b4e8c60d1f72
Revises: 0a7d51f0c2b3
Create Date: 2026-03-03 08:40:17.990214

"""
from alembic import op
import sqlalchemy as sa


revision = 'b4e8c60d1f72'
down_revision = '0a7d51f0c2b3'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('usuarios', schema=None) as batch_op:
        batch_op.add_column(sa.Column('senha_hash', sa.String(length=200), nullable=True))


def downgrade():
    with op.batch_alter_table('usuarios', schema=None) as batch_op:
        batch_op.drop_column('senha_hash')
