"""Grundschema aus SQL

Revision ID: 7ce10b94d2fa
Revises:
Create Date: 2024-10-01 07:58:20.643118

"""
from pathlib import Path

from alembic import op

revision = "7ce10b94d2fa"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).with_name("sql") / "grundschema.sql"


def upgrade() -> None:
    for anweisung in SQL.read_text(encoding="utf-8").split(";\n"):
        if anweisung.strip():
            op.execute(anweisung)


def downgrade() -> None:
    op.execute("DROP TABLE eintrag_stichwort, stichwort, rueckmeldung, eintrag, nutzer CASCADE")
    op.execute("DROP TYPE rueckmeldung_art")
