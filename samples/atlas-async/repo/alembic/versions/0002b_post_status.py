"""posts: status

Revision ID: 0002b
Revises: 0001
Create Date: 2026-05-12 16:02:00
"""
import sqlalchemy as sa
from alembic import op

revision = "0002b"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.add_column(
            sa.Column(
                "status",
                sa.Enum("draft", "published", name="post_status", native_enum=False, length=20),
                server_default="draft",
                nullable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("status")
