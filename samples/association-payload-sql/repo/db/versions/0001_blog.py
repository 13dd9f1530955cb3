"""users, posts and guest comments

Revision ID: 0001
Revises: 
Create Date: 2025-03-01 10:11:00
"""
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    op.execute((SQL / "0001_blog.up.sql").read_text())


def downgrade() -> None:
    op.execute((SQL / "0001_blog.down.sql").read_text())
