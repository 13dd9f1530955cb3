"""estado de publicacion

Las publicaciones que ya existen se consideran publicadas.

Revision ID: c0ffee02
Revises: c0ffee01
Create Date: 2026-04-12 09:15:47

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0ffee02"
down_revision = "c0ffee01"
branch_labels = None
depends_on = None

estado = postgresql.ENUM("borrador", "publicado", "archivado", name="estado_publicacion", create_type=False)


def upgrade() -> None:
    estado.create(op.get_bind(), checkfirst=False)
    op.add_column("publicaciones", sa.Column("estado", estado, nullable=True))
    op.execute("UPDATE publicaciones SET estado = 'publicado'")
    op.alter_column("publicaciones", "estado", nullable=False, server_default="borrador")


def downgrade() -> None:
    op.drop_column("publicaciones", "estado")
    estado.drop(op.get_bind(), checkfirst=False)
