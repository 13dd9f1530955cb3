"""merge slug and status branches

Revision ID: 0003
Revises: 0002a, 0002b
Create Date: 2026-05-13 08:30:00
"""
revision = "0003"
down_revision = ("0002a", "0002b")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
