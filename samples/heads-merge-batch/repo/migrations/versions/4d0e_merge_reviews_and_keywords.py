"""merge reviews and keywords

Revision ID: 4d0e
Revises: 2b91, 3c55
Create Date: 2025-02-05 18:00:00.402200
"""
from alembic import op
import sqlalchemy as sa


revision = "4d0e"
down_revision = ("2b91", "3c55")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
