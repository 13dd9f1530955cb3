"""baseline schema

Revision ID: 52b1f3a90c7d
Revises:
Create Date: 2024-11-20 09:30:00.482117

"""
import sqlalchemy as sa
from alembic import op

revision = "52b1f3a90c7d"
down_revision = None
branch_labels = None
depends_on = None

created = lambda: sa.Column("created_at", sa.DateTime(), server_default=sa.func.now(), nullable=False)  # noqa: E731


def upgrade() -> None:
    op.create_table(
        "writers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("handle", sa.String(30), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        created(),
    )
    op.create_index("ix_writers_handle", "writers", ["handle"], unique=True)
    op.create_index("ix_writers_email", "writers", ["email"])
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("writer_id", sa.Integer(), sa.ForeignKey("writers.id", ondelete="SET NULL"), nullable=True),
        sa.Column("title", sa.String(180), nullable=False),
        sa.Column("subtitle", sa.String(180), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        created(),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("story_id", sa.Integer(), sa.ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        created(),
    )
    op.create_index("ix_responses_story_id", "responses", ["story_id"])
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, unique=True),
    )
    op.create_table(
        "story_topics",
        sa.Column("story_id", sa.Integer(), sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Integer(), sa.ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    )


def downgrade() -> None:
    for table in ("story_topics", "topics", "responses", "stories"):
        op.drop_table(table)
