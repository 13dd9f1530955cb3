"""pierwsza wersja

Revision ID: 4d2b90a7c6e1
Revises:
Create Date: 2026-06-02 18:30:11.200311

"""
from alembic import op
import sqlalchemy as sa
import sqlmodel


revision = '4d2b90a7c6e1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('uzytkownik',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_uzytkownik_login', 'uzytkownik', ['login'], unique=True)
    op.create_table('etykieta',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nazwa', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_etykieta_nazwa', 'etykieta', ['nazwa'], unique=False)
    op.create_table('wpis',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tytul', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('tresc', sa.Text(), nullable=False),
    sa.Column('utworzono', sa.DateTime(), nullable=False),
    sa.Column('autor_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['autor_id'], ['uzytkownik.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_wpis_autor_id', 'wpis', ['autor_id'])
    op.create_table('komentarz',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tresc', sa.Text(), nullable=False),
    sa.Column('utworzono', sa.DateTime(), nullable=False),
    sa.Column('wpis_id', sa.Integer(), nullable=False),
    sa.Column('autor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['autor_id'], ['uzytkownik.id']),
    sa.ForeignKeyConstraint(['wpis_id'], ['wpis.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_komentarz_wpis_id', 'komentarz', ['wpis_id'])
    op.create_table('wpisetykieta',
    sa.Column('wpis_id', sa.Integer(), nullable=False),
    sa.Column('etykieta_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['etykieta_id'], ['etykieta.id']),
    sa.ForeignKeyConstraint(['wpis_id'], ['wpis.id']),
    sa.PrimaryKeyConstraint('wpis_id', 'etykieta_id')
    )


def downgrade() -> None:
    op.drop_table('wpisetykieta')
    op.drop_table('komentarz')
    op.drop_table('wpis')
    op.drop_table('etykieta')
    op.drop_table('uzytkownik')
