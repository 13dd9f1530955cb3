"""sites, accounts, posts, comments, tags

Revision ID: 8d21f6b07ce4
Revises:
Create Date: 2025-09-09 10:05:37.612880
"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


revision: str = "8d21f6b07ce4"
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def site_row(*more):
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Integer(), sa.ForeignKey("site.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("id"),
    )


def deleted():
    return sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("host", sa.String(253), nullable=False, unique=True),
    )
    op.create_table(
        "account",
        *site_row(
            deleted(),
            sa.Column("email", sa.String(254), nullable=False),
            sa.Column("name", sa.String(100), nullable=False),
        ),
        sa.UniqueConstraint("site_id", "email"),
        sa.UniqueConstraint("site_id", "id"),
    )
    op.create_table(
        "post",
        *site_row(
            deleted(),
            sa.Column("author_id", sa.Uuid(), nullable=False),
            sa.Column("title", sa.String(200), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
        ),
        sa.ForeignKeyConstraint(["site_id", "author_id"], ["account.site_id", "account.id"], ondelete="RESTRICT"),
        sa.UniqueConstraint("site_id", "id"),
    )
    op.create_index("ix_post_author_id_created_at", "post", ["author_id", "created_at"])
    op.create_table(
        "comment",
        *site_row(
            deleted(),
            sa.Column("post_id", sa.Uuid(), nullable=False),
            sa.Column("author_id", sa.Uuid(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
        ),
        sa.ForeignKeyConstraint(["site_id", "post_id"], ["post.site_id", "post.id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["site_id", "author_id"], ["account.site_id", "account.id"], ondelete="RESTRICT"),
    )
    op.create_index("ix_comment_post_id_created_at", "comment", ["post_id", "created_at"])
    op.create_index("ix_comment_author_id", "comment", ["author_id"])
    op.create_table(
        "tag",
        *site_row(sa.Column("name", sa.String(50), nullable=False)),
        sa.UniqueConstraint("site_id", "name"),
    )
    op.create_table(
        "post_tag",
        sa.Column("post_id", sa.Uuid(), sa.ForeignKey("post.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tag_id", sa.Uuid(), sa.ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_post_tag_tag_id", "post_tag", ["tag_id"])


def downgrade() -> None:
    for name in ("post_tag", "tag", "comment", "post", "account", "site"):
        op.drop_table(name)
