"""start

Revision ID: 0001
Revises:
Create Date: 2026-05-20 19:00:00
"""
from alembic import op
import sqlalchemy as sa

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "uzytkownicy",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(100)),
        sa.Column("nick", sa.String(50)),
    )
    op.create_table(
        "tagi",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nazwa", sa.String(30), nullable=False),
    )
    op.create_table(
        "wpisy",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tytul", sa.String(100), nullable=False),
        sa.Column("tresc", sa.Text),
        sa.Column("data", sa.DateTime),
        sa.Column("uzytkownik_id", sa.Integer),
        sa.Column("tag_id", sa.Integer),
    )


def downgrade():
    op.drop_table("wpisy")
    op.drop_table("tagi")
    op.drop_table("uzytkownicy")
