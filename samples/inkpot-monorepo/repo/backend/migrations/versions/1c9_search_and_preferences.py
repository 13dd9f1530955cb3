"""search vector and user preferences

Revision ID: 1c9a77e01f5d
Revises: 0a1d5e7b2c90
Create Date: 2024-06-05 16:20:55.730031

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "1c9a77e01f5d"
down_revision = "0a1d5e7b2c90"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE blog.post ADD COLUMN search tsvector"
        " GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED NOT NULL"
    )
    op.create_index("ix_post_search", "post", ["search"], schema="blog", postgresql_using="gin")
    op.add_column(
        "user", sa.Column("preferences", pg.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False), schema="blog"
    )


def downgrade() -> None:
    op.drop_column("user", "preferences", schema="blog")
    op.drop_column("post", "search", schema="blog")
