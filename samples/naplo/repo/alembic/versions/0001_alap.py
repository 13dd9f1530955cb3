"""alaptablak

Revision ID: 0001
Revises:
Create Date: 2024-04-15 14:22:37.901245

"""
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "szerzok",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("felhasznalonev", sa.String(40), nullable=False, unique=True),
        sa.Column("email", sa.String(200), nullable=False, unique=True),
        sa.Column("letrehozva", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "bejegyzesek",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("szerzo_id", sa.Integer(), nullable=False, index=True),
        sa.Column("cim", sa.String(200), nullable=False),
        sa.Column("szoveg", sa.Text(), nullable=False),
        sa.Column("letrehozva", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "hozzaszolasok",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "bejegyzes_id", sa.Integer(), sa.ForeignKey("bejegyzesek.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("szerzo_id", sa.Integer(), sa.ForeignKey("szerzok.id"), nullable=False, index=True),
        sa.Column("szoveg", sa.Text(), nullable=False),
        sa.Column("letrehozva", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "cimkek",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("nev", sa.String(50), nullable=False, unique=True),
    )
    op.create_table(
        "bejegyzes_cimke",
        sa.Column("bejegyzes_id", sa.Integer(), sa.ForeignKey("bejegyzesek.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("cimke_id", sa.Integer(), sa.ForeignKey("cimkek.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("felvette", sa.String(40)),
    )


def downgrade():
    for tabla in ("bejegyzes_cimke", "cimkek", "hozzaszolasok", "bejegyzesek", "szerzok"):
        op.drop_table(tabla)
