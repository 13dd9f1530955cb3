"""categories and replies

Revision ID: c97be0f31d62
Revises: 4410ad2e7b15
Create Date: 2025-01-18 09:27:10.551240
"""
from alembic import op
import sqlalchemy as sa


revision = "c97be0f31d62"
down_revision = "4410ad2e7b15"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
    )
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"])
    with op.batch_alter_table("posts") as batch_op:
        batch_op.add_column(sa.Column("category_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_posts_category_id_categories"), "categories", ["category_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_posts_category_id"), ["category_id"])
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_replies_comment_id_comments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_replies_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
    )
    op.create_index(op.f("ix_replies_comment_id"), "replies", ["comment_id"])
    op.create_index(op.f("ix_replies_user_id"), "replies", ["user_id"])


def downgrade() -> None:
    op.drop_table("replies")
    with op.batch_alter_table("posts") as batch_op:
        batch_op.drop_index(batch_op.f("ix_posts_category_id"))
        batch_op.drop_constraint(batch_op.f("fk_posts_category_id_categories"), type_="foreignkey")
        batch_op.drop_column("category_id")
    op.drop_table("categories")
