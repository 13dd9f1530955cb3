"""Grundschema: Benutzer, Beiträge, Kommentare, Schlagworte

Revision ID: 7c41d0be92aa
Revises:
Create Date: 2026-05-01 10:12:09

"""
import sqlalchemy as sa
from alembic import op

revision = "7c41d0be92aa"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "benutzer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("anzeigename", sa.String(80), nullable=False),
        sa.Column("angelegt_am", sa.DateTime(), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint("email", name="uq_benutzer_email"),
    )
    op.create_table(
        "beitrag",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "autor_id", sa.Integer(), sa.ForeignKey("benutzer.id", ondelete="RESTRICT", name="fk_beitrag_autor_id"), nullable=False
        ),
        sa.Column("titel", sa.String(200), nullable=False),
        sa.Column("inhalt", sa.Text(), nullable=False),
        sa.Column("erstellt_am", sa.DateTime(), nullable=False, server_default=sa.func.now()),
        sa.CheckConstraint("length(titel) > 0", name="ck_beitrag_titel_nicht_leer"),
    )
    op.create_index("ix_beitrag_autor_id_erstellt_am", "beitrag", ["autor_id", "erstellt_am"])
    op.create_table(
        "kommentar",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "beitrag_id", sa.Integer(), sa.ForeignKey("beitrag.id", ondelete="CASCADE", name="fk_kommentar_beitrag_id"), nullable=False
        ),
        sa.Column(
            "autor_id", sa.Integer(), sa.ForeignKey("benutzer.id", ondelete="RESTRICT", name="fk_kommentar_autor_id"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("erstellt_am", sa.DateTime(), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("ix_kommentar_beitrag_id", "kommentar", ["beitrag_id"])
    op.create_index("ix_kommentar_autor_id", "kommentar", ["autor_id"])
    op.create_table(
        "schlagwort",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
    )
    op.create_index("uq_schlagwort_name", "schlagwort", ["name"], unique=True)
    op.create_table(
        "beitrag_schlagwort",
        sa.Column(
            "beitrag_id",
            sa.Integer(),
            sa.ForeignKey("beitrag.id", ondelete="CASCADE", name="fk_beitrag_schlagwort_beitrag_id"),
            primary_key=True,
        ),
        sa.Column(
            "schlagwort_id",
            sa.Integer(),
            sa.ForeignKey("schlagwort.id", ondelete="CASCADE", name="fk_beitrag_schlagwort_schlagwort_id"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_index("ix_beitrag_schlagwort_schlagwort_id", "beitrag_schlagwort", ["schlagwort_id"])


def downgrade() -> None:
    for tabelle in ("beitrag_schlagwort", "schlagwort", "kommentar", "beitrag", "benutzer"):
        op.drop_table(tabelle)
