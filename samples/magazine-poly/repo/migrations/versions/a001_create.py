"""create people, writers, posts, comments, tags

Revision ID: a001
Revises:
Create Date: 2026-03-01 12:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "a001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_table(
        "writers",
        sa.Column("id", sa.Integer(), sa.ForeignKey("people.id", name="fk_writers_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("bio", sa.Text(), nullable=True),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("writer_id", sa.Integer(), sa.ForeignKey("writers.id", name="fk_posts_writer_id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("summary", sa.String(400), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
    )
    op.create_index("ix_posts_writer_id", "posts", ["writer_id"])
    op.create_table(
        "comments",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", name="fk_comments_post_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id", name="fk_comments_person_id", ondelete="CASCADE"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
    )
    op.create_index("ix_comments_person_id", "comments", ["person_id"])
    op.create_table("tags", sa.Column("name", sa.String(40), primary_key=True))
    op.create_table(
        "post_tags",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", name="fk_post_tags_post_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tag_name", sa.String(40), sa.ForeignKey("tags.name", name="fk_post_tags_tag_name", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_post_tags_tag_name", "post_tags", ["tag_name"])


def downgrade() -> None:
    op.drop_table("post_tags")
    op.drop_table("tags")
    op.drop_table("comments")
    op.drop_table("posts")
    op.drop_table("writers")
    op.drop_table("people")
