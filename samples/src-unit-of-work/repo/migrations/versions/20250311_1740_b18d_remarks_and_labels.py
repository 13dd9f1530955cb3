"""remarks and labels

Revision ID: b18d4470ac61
Revises: 3f7a1c9e5b20
Create Date: 2025-03-11 17:40:08.551903
"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


revision: str = "b18d4470ac61"
down_revision: Union[str, None] = "3f7a1c9e5b20"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], name=op.f("fk_remark_author_id_author"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_remark_story_id_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_author_id"), "remark", ["author_id"])
    op.create_index(op.f("ix_remark_story_id"), "remark", ["story_id"])
    op.create_table(
        "label",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("name", name=op.f("uq_label_name")),
    )
    op.create_table(
        "story_label",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_story_label_label_id_label"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_label_story_id_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_label")),
        sa.UniqueConstraint("story_id", "label_id", name=op.f("uq_story_label_story_id")),
    )
    op.create_index(op.f("ix_story_label_label_id"), "story_label", ["label_id"])


def downgrade() -> None:
    op.drop_table("story_label")
    op.drop_table("label")
    op.drop_table("remark")
