"""tablas iniciales

Revision ID: 9a1b2c3d4e5f
Revises:
Create Date: 2024-05-01 10:00:00
"""
import sqlalchemy as sa
from alembic import op

revision = "9a1b2c3d4e5f"
down_revision = None
branch_labels = None
depends_on = None

TABLAS = ("articulo_etiqueta", "comentarios", "articulos", "etiquetas", "usuarios")


def fechas():
    return (
        sa.Column("creado_en", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("actualizado_en", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "usuarios",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("correo", sa.String(255), nullable=False, unique=True),
        sa.Column("nombre", sa.String(80), nullable=False),
        sa.Column("clave_hash", sa.String(255), nullable=False),
        *fechas(),
    )
    op.create_table(
        "etiquetas",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nombre", sa.String(50), nullable=False, unique=True),
    )
    op.create_table(
        "articulos",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("titulo", sa.String(200), nullable=False),
        sa.Column("contenido", sa.Text, nullable=False),
        sa.Column("autor_id", sa.Integer, sa.ForeignKey("usuarios.id", ondelete="CASCADE"), nullable=False, index=True),
        *fechas(),
    )
    op.create_table(
        "comentarios",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("texto", sa.Text, nullable=False),
        sa.Column("articulo_id", sa.Integer, sa.ForeignKey("articulos.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("autor_id", sa.Integer, sa.ForeignKey("usuarios.id", ondelete="CASCADE"), nullable=False, index=True),
        *fechas(),
    )
    op.create_table(
        "articulo_etiqueta",
        sa.Column("articulo_id", sa.Integer, sa.ForeignKey("articulos.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("etiqueta_id", sa.Integer, sa.ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True, index=True),
    )


def downgrade() -> None:
    for tabla in TABLAS:
        op.drop_table(tabla)
