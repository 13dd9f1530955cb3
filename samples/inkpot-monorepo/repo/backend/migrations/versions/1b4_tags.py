"""tags

Revision ID: 1b4f08c3d7e2
Revises: 0a1d5e7b2c90
Create Date: 2024-06-05 09:41:19.004612

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "1b4f08c3d7e2"
down_revision = "0a1d5e7b2c90"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", pg.CITEXT(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("name", name="uq_tag_name"),
        schema="blog",
    )
    op.create_table(
        "post_tag",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name="pk_post_tag"),
        sa.ForeignKeyConstraint(["post_id"], ["blog.post.id"], name="fk_post_tag_post_id_post", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["blog.tag.id"], name="fk_post_tag_tag_id_tag", ondelete="CASCADE"),
        schema="blog",
    )
    op.create_index("ix_post_tag_tag_id", "post_tag", ["tag_id"], schema="blog")


def downgrade() -> None:
    op.drop_table("post_tag", schema="blog")
    op.drop_table("tag", schema="blog")
