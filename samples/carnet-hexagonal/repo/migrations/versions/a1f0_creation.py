"""création du schéma

Revision ID: a1f0c7d2e9b4
Revises:
Create Date: 2026-04-18 15:22:41

"""
import sqlalchemy as sa
from alembic import op

revision = "a1f0c7d2e9b4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "utilisateurs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pseudo", sa.String(40), nullable=False, unique=True),
        sa.Column("courriel", sa.String(254), nullable=False, unique=True),
        sa.Column("inscrit_le", sa.DateTime, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("auteur_id", sa.Integer, sa.ForeignKey("utilisateurs.id"), nullable=False, index=True),
        sa.Column("titre", sa.String(200), nullable=False),
        sa.Column("contenu", sa.Text, nullable=False),
        sa.Column("cree_le", sa.DateTime, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "commentaires",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("auteur_id", sa.Integer, sa.ForeignKey("utilisateurs.id"), nullable=False),
        sa.Column("texte", sa.Text, nullable=False),
        sa.Column("cree_le", sa.DateTime, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "etiquettes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nom", sa.String(50), nullable=False, unique=True),
    )


def downgrade() -> None:
    # rien à faire pour la première version
    pass
