"""Beiträge ausblenden statt löschen

Revision ID: 93fe5b1d0c77
Revises: 7c41d0be92aa
Create Date: 2026-05-09 08:55:40

"""
import sqlalchemy as sa
from alembic import op

revision = "93fe5b1d0c77"
down_revision = "7c41d0be92aa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("beitrag", sa.Column("geloescht_am", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("beitrag") as batch:
        batch.drop_column("geloescht_am")
