"""published flag

Revision ID: 6f48
Revises: 4d0e
Create Date: 2025-02-06 22:03:17.110940
"""
from alembic import op
import sqlalchemy as sa


revision = "6f48"
down_revision = "4d0e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as batch_op:
        batch_op.add_column(sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("articles") as batch_op:
        batch_op.drop_column("published")
