"""primeira migracao

Revision ID: d2f07a6b4c18
Revises: 
Create Date: 2025-06-11 23:51:09.338204

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd2f07a6b4c18'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('usuarios',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('nome', sa.String(100)),
        sa.Column('email', sa.String(100)),
        sa.Column('senha', sa.String(100)),
    )
    op.create_table('postagens',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('titulo', sa.String(100), nullable=False),
        sa.Column('conteudo', sa.Text()),
        sa.Column('criado_em', sa.DateTime()),
        sa.Column('usuario_id', sa.Integer(), sa.ForeignKey('usuarios.id')),
    )
    op.create_table('comentarios',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('texto', sa.String(200)),
        sa.Column('postagem_id', sa.Integer(), sa.ForeignKey('postagens.id'), nullable=False),
        sa.Column('usuario_id', sa.Integer()),
    )
    op.create_table('marcadores',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('nome', sa.String(50)),
    )
    op.create_table('postagem_marcador',
        sa.Column('postagem_id', sa.Integer(), sa.ForeignKey('postagens.id')),
        sa.Column('marcador_id', sa.Integer(), sa.ForeignKey('marcadores.id')),
    )


def downgrade():
    pass
