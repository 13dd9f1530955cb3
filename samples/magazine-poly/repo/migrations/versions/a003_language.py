"""posts need a language, default tags

Revision ID: a003
Revises: a002
Create Date: 2026-03-15 09:10:00

"""
import sqlalchemy as sa
from alembic import op

from magazine.model import Tag

revision = "a003"
down_revision = "a002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.add_column(sa.Column("language", sa.String(5), nullable=False))
    op.bulk_insert(Tag.__table__, [{"name": "python"}, {"name": "databases"}])


def downgrade() -> None:
    op.execute("DELETE FROM tags WHERE name IN ('python', 'databases')")
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("language")
