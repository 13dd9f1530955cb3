"""estrutura inicial

Revision ID: 0a7d51f0c2b3
Revises: 
Create Date: 2026-03-02 19:12:55.402011

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0a7d51f0c2b3'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('marcadores',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nome', sa.String(length=30), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('nome')
    )
    op.create_table('usuarios',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('criado_em', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('login')
    )
    op.create_table('postagens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('titulo', sa.String(length=150), nullable=False),
    sa.Column('texto', sa.Text(), nullable=False),
    sa.Column('criado_em', sa.DateTime(), nullable=False),
    sa.Column('usuario_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['usuario_id'], ['usuarios.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('postagens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_postagens_usuario_id'), ['usuario_id'], unique=False)

    op.create_table('comentarios',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('texto', sa.Text(), nullable=False),
    sa.Column('criado_em', sa.DateTime(), nullable=False),
    sa.Column('postagem_id', sa.Integer(), nullable=False),
    sa.Column('usuario_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['postagem_id'], ['postagens.id'], ),
    sa.ForeignKeyConstraint(['usuario_id'], ['usuarios.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('comentarios', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comentarios_postagem_id'), ['postagem_id'], unique=False)

    op.create_table('marcadores_postagens',
    sa.Column('postagem_id', sa.Integer(), nullable=False),
    sa.Column('marcador_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['marcador_id'], ['marcadores.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['postagem_id'], ['postagens.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('postagem_id', 'marcador_id')
    )


def downgrade():
    op.drop_table('marcadores_postagens')
    with op.batch_alter_table('comentarios', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comentarios_postagem_id'))

    op.drop_table('comentarios')
    with op.batch_alter_table('postagens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_postagens_usuario_id'))

    op.drop_table('postagens')
    op.drop_table('usuarios')
    op.drop_table('marcadores')
