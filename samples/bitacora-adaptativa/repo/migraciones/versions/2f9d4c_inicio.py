"""crea las tablas de la bitácora

Revision ID: 2f9d4c81e0b6
Revises:
Create Date: 2024-08-19 18:02:11.734020

"""
from alembic import op

from bitacora.modelos import Base

revision = "2f9d4c81e0b6"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    Base.metadata.drop_all(op.get_bind())
