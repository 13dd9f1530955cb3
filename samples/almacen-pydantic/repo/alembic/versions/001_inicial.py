"""crear todas las tablas

Revision ID: 001
Revises:
Create Date: 2026-02-27 16:00:00

"""
from alembic import op

from almacen.modelos import Base

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    Base.metadata.create_all(bind=op.get_bind())


def downgrade() -> None:
    Base.metadata.drop_all(bind=op.get_bind())
