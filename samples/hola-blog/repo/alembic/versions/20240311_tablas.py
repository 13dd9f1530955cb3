"""tablas del blog

Revision ID: 9a8b7c6d5e4f
Revises:
Create Date: 2024-03-11 20:15:42.118305

"""
from alembic import op
import sqlalchemy as sa

revision = "9a8b7c6d5e4f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "usuarios",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("nombre_usuario", sa.String(50), nullable=False),
        sa.Column("email", sa.String(100), nullable=False),
        sa.Column("contrasena", sa.String(100)),
        sa.Column("fecha_registro", sa.DateTime()),
    )
    op.create_table(
        "publicaciones",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("titulo", sa.String(150), nullable=False),
        sa.Column("contenido", sa.Text()),
        sa.Column("fecha_creacion", sa.DateTime()),
        sa.Column("usuario_id", sa.Integer(), sa.ForeignKey("usuarios.id")),
    )
    op.create_table(
        "comentarios",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("texto", sa.String(50)),
        sa.Column("publicacion_id", sa.Integer(), sa.ForeignKey("publicaciones.id")),
        sa.Column("usuario_id", sa.Integer(), sa.ForeignKey("usuarios.id")),
    )
    op.create_table(
        "etiquetas",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("nombre", sa.String(30)),
    )


def downgrade():
    pass
