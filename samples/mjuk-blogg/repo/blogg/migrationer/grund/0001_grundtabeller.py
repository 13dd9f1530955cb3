"""Grundtabeller

Revision ID: 0001
Revises:
Create Date: 2026-03-01 18:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "medlem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("anvandarnamn", sa.String(30), nullable=False),
        sa.Column("epost", sa.String(120), nullable=False),
        sa.Column("skapad", sa.DateTime(), nullable=False, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.Column("raderad_vid", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_medlem"),
        sa.UniqueConstraint("anvandarnamn", name="uq_medlem_anvandarnamn"),
        sa.UniqueConstraint("epost", name="uq_medlem_epost"),
    )
    op.create_table(
        "inlagg",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("medlem_id", sa.Integer(), nullable=False),
        sa.Column("rubrik", sa.String(150), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("skapad", sa.DateTime(), nullable=False, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.Column("raderad_vid", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_inlagg"),
        sa.ForeignKeyConstraint(["medlem_id"], ["medlem.id"], name="fk_inlagg_medlem_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_inlagg_medlem_id", "inlagg", ["medlem_id"])
    op.create_table(
        "kommentar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inlagg_id", sa.Integer(), nullable=False),
        sa.Column("medlem_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("skapad", sa.DateTime(), nullable=False, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.PrimaryKeyConstraint("id", name="pk_kommentar"),
        sa.ForeignKeyConstraint(["inlagg_id"], ["inlagg.id"], name="fk_kommentar_inlagg_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["medlem_id"], ["medlem.id"], name="fk_kommentar_medlem_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_kommentar_inlagg_id", "kommentar", ["inlagg_id"])
    op.create_index("ix_kommentar_medlem_id", "kommentar", ["medlem_id"])


def downgrade():
    op.drop_table("kommentar")
    op.drop_table("inlagg")
    op.drop_table("medlem")
