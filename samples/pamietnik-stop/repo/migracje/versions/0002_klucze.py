"""klucze obce i komentarze

Revision ID: 0002
Revises: 0001
Create Date: 2026-05-20 20:15:00
"""
from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_foreign_key("fk_wpisy_uzytkownik", "wpisy", "uzytkownicy", ["uzytkownik_id"], ["id"])
    op.create_foreign_key("fk_wpisy_tag", "wpisy", "tagi", ["tag_id"], ["id"])
    op.create_table(
        "komentarze",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tresc", sa.String(50)),
        sa.Column("obiekt_typ", sa.String(20)),
        sa.Column("obiekt_id", sa.Integer),
        sa.Column("autor_id", sa.Integer, sa.ForeignKey("uzytkownicy.id")),
    )


def downgrade():
    op.drop_table("komentarze")
    op.drop_constraint("fk_wpisy_tag", "wpisy", type_="foreignkey")
    op.drop_constraint("fk_wpisy_uzytkownik", "wpisy", type_="foreignkey")
