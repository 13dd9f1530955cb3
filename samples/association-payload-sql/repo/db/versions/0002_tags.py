"""tags with order and editor

Revision ID: 0002
Revises: 0001
Create Date: 2025-03-02 10:12:00
"""
from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((SQL / "0002_tags.up.sql").read_text())


def downgrade() -> None:
    op.execute((SQL / "0002_tags.down.sql").read_text())
