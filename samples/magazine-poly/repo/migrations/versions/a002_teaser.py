"""rename posts.summary to teaser

Revision ID: a002
Revises: a001
Create Date: 2026-03-08 17:30:00

"""
import sqlalchemy as sa
from alembic import op

revision = "a002"
down_revision = "a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("summary")
        batch.add_column(sa.Column("teaser", sa.String(400), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("teaser")
        batch.add_column(sa.Column("summary", sa.String(400), nullable=True))
