"""gazette schema

Revision ID: e5f0a91d3c77
Revises:
Create Date: 2025-06-30 08:41:12.907744
"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


revision: str = "e5f0a91d3c77"
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def _entity():
    return (
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS gazette")
    op.execute("CREATE EXTENSION IF NOT EXISTS citext")

    op.create_table(
        "person",
        *_entity(),
        sa.Column("email", postgresql.CITEXT(), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.UniqueConstraint("email", name="uq_person_email"),
        schema="gazette",
    )
    op.create_table(
        "topic",
        *_entity(),
        sa.Column("name", sa.String(length=60), nullable=False),
        schema="gazette",
    )
    op.create_index("uq_topic_lower_name", "topic", [sa.text("lower(name)")], unique=True, schema="gazette")
    op.create_table(
        "article",
        *_entity(),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("gazette.person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "retracted", name="article_state", schema="gazette"),
            server_default="draft",
            nullable=False,
        ),
        sa.Column("meta", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('english', title || ' ' || body)", persisted=True),
            nullable=False,
        ),
        schema="gazette",
    )
    op.create_index("ix_article_author_id", "article", ["author_id"], schema="gazette")
    op.create_index("ix_article_search", "article", ["search"], schema="gazette", postgresql_using="gin")
    op.create_index(
        "ix_article_published",
        "article",
        ["published_at"],
        schema="gazette",
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "note",
        *_entity(),
        sa.Column("article_id", sa.Uuid(), sa.ForeignKey("gazette.article.id", ondelete="CASCADE"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("gazette.person.id", ondelete="SET NULL"), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        schema="gazette",
    )
    op.create_index("ix_note_article_id_created_at", "note", ["article_id", "created_at"], schema="gazette")
    op.create_index("ix_note_author_id", "note", ["author_id"], schema="gazette")
    op.create_table(
        "article_topic",
        sa.Column("article_id", sa.Uuid(), sa.ForeignKey("gazette.article.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic_id", sa.Uuid(), sa.ForeignKey("gazette.topic.id", ondelete="CASCADE"), primary_key=True),
        schema="gazette",
    )
    op.create_index("ix_article_topic_topic_id", "article_topic", ["topic_id"], schema="gazette")


def downgrade() -> None:
    op.drop_table("article_topic", schema="gazette")
    op.drop_table("note", schema="gazette")
    op.drop_table("article", schema="gazette")
    op.drop_table("topic", schema="gazette")
    op.drop_table("person", schema="gazette")
