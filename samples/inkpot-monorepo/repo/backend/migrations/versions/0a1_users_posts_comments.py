"""users, posts and comments

Revision ID: 0a1d5e7b2c90
Revises:
Create Date: 2024-06-03 10:14:02.551870

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0a1d5e7b2c90"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS citext")
    op.execute("CREATE SCHEMA IF NOT EXISTS blog")
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", pg.CITEXT(), nullable=False),
        sa.Column("email", pg.CITEXT(), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("username", name="uq_user_username"),
        sa.UniqueConstraint("email", name="uq_user_email"),
        schema="blog",
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "visibility", sa.Enum("public", "unlisted", name="visibility", schema="blog"), server_default="public", nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.ForeignKeyConstraint(["author_id"], ["blog.user.id"], name="fk_post_author_id_user", ondelete="RESTRICT"),
        schema="blog",
    )
    op.create_index("ix_post_author_id", "post", ["author_id"], schema="blog")
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.ForeignKeyConstraint(["post_id"], ["blog.post.id"], name="fk_comment_post_id_post", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["blog.user.id"], name="fk_comment_author_id_user", ondelete="RESTRICT"),
        schema="blog",
    )
    op.create_index("ix_comment_post_id", "comment", ["post_id"], schema="blog")
    op.create_index("ix_comment_author_id", "comment", ["author_id"], schema="blog")


def downgrade() -> None:
    for table in ("comment", "post", "user"):
        op.drop_table(table, schema="blog")
