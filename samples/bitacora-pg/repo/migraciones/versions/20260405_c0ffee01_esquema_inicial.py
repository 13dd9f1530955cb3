"""esquema inicial

Revision ID: c0ffee01
Revises:
Create Date: 2026-04-05 17:40:02

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0ffee01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usuarios",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("alias", sa.String(40), nullable=False),
        sa.Column("correo", sa.String(254), nullable=False),
        sa.Column("creado_en", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_usuarios"),
        sa.UniqueConstraint("alias", name="uq_usuarios_alias"),
    )
    op.create_index("uq_usuarios_correo_lower", "usuarios", [sa.text("lower(correo)")], unique=True)
    op.create_table(
        "etiquetas",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("nombre", sa.String(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_etiquetas"),
    )
    op.create_index("uq_etiquetas_nombre_lower", "etiquetas", [sa.text("lower(nombre)")], unique=True)
    op.create_table(
        "publicaciones",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("autor_id", sa.BigInteger(), nullable=False),
        sa.Column("titulo", sa.String(200), nullable=False),
        sa.Column("cuerpo", sa.Text(), nullable=False),
        sa.Column("extra", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("creado_en", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["autor_id"], ["usuarios.id"], name="fk_publicaciones_autor_id_usuarios", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_publicaciones"),
    )
    op.create_index("ix_publicaciones_autor_id_creado_en", "publicaciones", ["autor_id", "creado_en"])
    op.create_table(
        "comentarios",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("publicacion_id", sa.BigInteger(), nullable=False),
        sa.Column("autor_id", sa.BigInteger(), nullable=True),
        sa.Column("texto", sa.Text(), nullable=False),
        sa.Column("creado_en", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length(texto) > 0", name="ck_comentarios_texto_no_vacio"),
        sa.ForeignKeyConstraint(
            ["publicacion_id"], ["publicaciones.id"], name="fk_comentarios_publicacion_id_publicaciones", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["autor_id"], ["usuarios.id"], name="fk_comentarios_autor_id_usuarios", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_comentarios"),
    )
    op.create_index("ix_comentarios_publicacion_id", "comentarios", ["publicacion_id"])
    op.create_index("ix_comentarios_autor_id", "comentarios", ["autor_id"])
    op.create_table(
        "publicacion_etiqueta",
        sa.Column("publicacion_id", sa.BigInteger(), nullable=False),
        sa.Column("etiqueta_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publicacion_id"],
            ["publicaciones.id"],
            name="fk_publicacion_etiqueta_publicacion_id_publicaciones",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["etiqueta_id"], ["etiquetas.id"], name="fk_publicacion_etiqueta_etiqueta_id_etiquetas", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("publicacion_id", "etiqueta_id", name="pk_publicacion_etiqueta"),
    )
    op.create_index("ix_publicacion_etiqueta_etiqueta_id", "publicacion_etiqueta", ["etiqueta_id"])


def downgrade() -> None:
    op.drop_table("publicacion_etiqueta")
    op.drop_table("comentarios")
    op.drop_table("publicaciones")
    op.drop_table("etiquetas")
    op.drop_table("usuarios")
