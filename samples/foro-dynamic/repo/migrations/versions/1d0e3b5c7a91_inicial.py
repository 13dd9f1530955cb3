"""inicial

Revision ID: 1d0e3b5c7a91
Revises: 
Create Date: 2026-02-14 12:01:33.001022

"""
from alembic import op
import sqlalchemy as sa

revision = '1d0e3b5c7a91'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('etiqueta',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nombre', sa.String(length=30), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('usuario',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nombre', sa.String(length=80), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('password', sa.String(length=120), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email')
    )
    op.create_table('post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('titulo', sa.String(length=140), nullable=False),
    sa.Column('contenido', sa.Text(), nullable=True),
    sa.Column('fecha', sa.DateTime(), nullable=True),
    sa.Column('usuario_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['usuario_id'], ['usuario.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('comentario',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('autor', sa.String(length=80), nullable=True),
    sa.Column('texto', sa.Text(), nullable=True),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('post_etiqueta',
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('etiqueta_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['etiqueta_id'], ['etiqueta.id'], ),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], )
    )


def downgrade():
    op.drop_table('comentario')
    op.drop_table('post')
    op.drop_table('usuario')
    op.drop_table('etiqueta')
