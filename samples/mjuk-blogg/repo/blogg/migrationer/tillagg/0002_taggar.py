"""Taggar

Revision ID: 0002
Revises: 0001
Create Date: 2026-03-08 19:12:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "tagg",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("namn", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tagg"),
        sa.UniqueConstraint("namn", name="uq_tagg_namn"),
    )
    op.create_table(
        "inlagg_tagg",
        sa.Column("inlagg_id", sa.Integer(), nullable=False),
        sa.Column("tagg_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("inlagg_id", "tagg_id", name="pk_inlagg_tagg"),
        sa.ForeignKeyConstraint(["inlagg_id"], ["inlagg.id"], name="fk_inlagg_tagg_inlagg_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tagg_id"], ["tagg.id"], name="fk_inlagg_tagg_tagg_id", ondelete="CASCADE"),
    )
    op.create_index("ix_inlagg_tagg_tagg_id", "inlagg_tagg", ["tagg_id"])


def downgrade():
    op.drop_table("inlagg_tagg")
    op.drop_table("tagg")
