"""Kommentarer kan också raderas mjukt

Revision ID: 0003
Revises: 0002
Create Date: 2026-03-15 20:40:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("kommentar") as tabell:
        tabell.add_column(sa.Column("raderad_vid", sa.DateTime(), nullable=True))

    # kommentarer till redan raderade inlägg ska också vara borta
    op.execute("UPDATE kommentar SET raderad_vid = (SELECT raderad_vid FROM inlagg WHERE inlagg.id = kommentar.inlagg_id)")


def downgrade():
    with op.batch_alter_table("kommentar") as tabell:
        tabell.drop_column("raderad_vid")
