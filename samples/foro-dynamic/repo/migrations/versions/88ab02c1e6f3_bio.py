"""bio del usuario

Revision ID: 88ab02c1e6f3
Revises: 1d0e3b5c7a91
Create Date: 2026-02-15 19:40:51.993817

"""
from alembic import op
import sqlalchemy as sa

revision = '88ab02c1e6f3'
down_revision = '1d0e3b5c7a91'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('usuario', sa.Column('bio', sa.Text(), nullable=True))


def downgrade():
    op.drop_column('usuario', 'bio')
