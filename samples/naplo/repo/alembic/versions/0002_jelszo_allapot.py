"""jelszo es allapot

Revision ID: 0002
Revises: 0001
Create Date: 2024-04-22 09:05:10.377420

"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

allapot = sa.Enum("VAZLAT", "KOZZETETT", name="bejegyzes_allapot")


def upgrade():
    op.add_column("szerzok", sa.Column("jelszo_hash", sa.String(200), nullable=False))
    allapot.create(op.get_bind())
    op.add_column("bejegyzesek", sa.Column("allapot", allapot, nullable=False))


def downgrade():
    op.drop_column("bejegyzesek", "allapot")
    op.drop_column("szerzok", "jelszo_hash")
