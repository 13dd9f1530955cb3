"""merge tags and search

Revision ID: 2d0b6c15a8f4
Revises: 1b4f08c3d7e2, 1c9a77e01f5d
Create Date: 2024-06-06 08:02:37.118245

"""
revision = "2d0b6c15a8f4"
down_revision = ("1b4f08c3d7e2", "1c9a77e01f5d")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
