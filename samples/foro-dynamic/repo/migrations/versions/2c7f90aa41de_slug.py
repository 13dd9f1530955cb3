"""slug del post

Revision ID: 2c7f90aa41de
Revises: 1d0e3b5c7a91
Create Date: 2026-02-15 18:22:10.440100

"""
from alembic import op
import sqlalchemy as sa

revision = '2c7f90aa41de'
down_revision = '1d0e3b5c7a91'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('post', sa.Column('slug', sa.String(length=140), nullable=True))


def downgrade():
    op.drop_column('post', 'slug')
