"""Tabellen des Vereinsblogs anlegen

Revision ID: 0001
Revises:
Create Date: 2025-01-26 14:30:00
"""
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mitglieder",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("anmeldename", sa.String(30), nullable=False, unique=True),
        sa.Column("email", sa.String(120), nullable=False, unique=True),
        sa.Column("anzeigename", sa.String(60), nullable=False),
    )
    op.create_table(
        "beitraege",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mitglied_id", sa.Integer, sa.ForeignKey("mitglieder.id"), nullable=False, index=True),
        sa.Column("titel", sa.String(150), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("erstellt_am", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "kommentare",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("beitrag_id", sa.Integer, sa.ForeignKey("beitraege.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("mitglied_id", sa.Integer, sa.ForeignKey("mitglieder.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("geschrieben_am", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "schlagwoerter",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wort", sa.String(40), nullable=False, unique=True),
    )
    op.create_table(
        "beitrag_schlagwort",
        sa.Column("beitrag_id", sa.Integer, sa.ForeignKey("beitraege.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("schlagwort_id", sa.Integer, sa.ForeignKey("schlagwoerter.id", ondelete="CASCADE"), primary_key=True),
    )


def downgrade() -> None:
    for tabelle in ("mitglieder", "beitraege", "kommentare", "schlagwoerter", "beitrag_schlagwort"):
        op.drop_table(tabelle)
