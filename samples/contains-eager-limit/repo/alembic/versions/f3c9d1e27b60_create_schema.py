"""create schema

Revision ID: f3c9d1e27b60
Revises: 
Create Date: 2025-01-12 15:41:20.339104

"""
from alembic import op

from models import Base


# revision identifiers, used by Alembic.
revision = 'f3c9d1e27b60'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    Base.metadata.create_all(bind=op.get_bind())


def downgrade():
    Base.metadata.drop_all(bind=op.get_bind())
