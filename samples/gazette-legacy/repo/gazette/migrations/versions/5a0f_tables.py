"""tables du journal

Revision ID: 5a0f
Revises:
Create Date: 2026-01-30 11:48:20

"""
import sqlalchemy as sa
from alembic import op

revision = "5a0f"
down_revision = None
branch_labels = None
depends_on = None


def commun():
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("cree_le", sa.DateTime(), nullable=False),
    ]


def upgrade():
    op.create_table(
        "auteur",
        *commun(),
        sa.Column("courriel", sa.String(254), nullable=False, unique=True),
        sa.Column("nom", sa.String(80), nullable=False),
    )
    op.create_table("rubrique", *commun(), sa.Column("libelle", sa.String(40), nullable=False, unique=True))
    op.create_table(
        "article",
        *commun(),
        sa.Column("auteur_id", sa.String(32), sa.ForeignKey("auteur.id"), nullable=False),
        sa.Column("titre", sa.String(200), nullable=False),
        sa.Column("corps", sa.Text(), nullable=False),
    )
    op.create_index("ix_article_auteur_id", "article", ["auteur_id"])
    op.create_table(
        "commentaire",
        *commun(),
        sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id"), nullable=False),
        sa.Column("auteur_id", sa.String(32), sa.ForeignKey("auteur.id"), nullable=True),
        sa.Column("texte", sa.Text(), nullable=False),
    )
    op.create_index("ix_commentaire_article_id", "commentaire", ["article_id"])
    op.create_index("ix_commentaire_auteur_id", "commentaire", ["auteur_id"])
    op.create_table(
        "article_rubrique",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rubrique_id", sa.String(32), sa.ForeignKey("rubrique.id", ondelete="CASCADE"), primary_key=True),
    )


def downgrade():
    op.drop_table("article_rubrique")
    op.drop_table("commentaire")
    op.drop_table("article")
    op.drop_table("rubrique")
    op.drop_table("auteur")
