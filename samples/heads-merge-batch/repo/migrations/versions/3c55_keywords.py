"""keywords

Revision ID: 3c55
Revises: 1a7c
Create Date: 2025-02-04 21:12:09.871100
"""
from alembic import op
import sqlalchemy as sa


revision = "3c55"
down_revision = "1a7c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keywords",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keywords")),
        sa.UniqueConstraint("word", name=op.f("uq_keywords_word")),
    )
    op.create_table(
        "article_keywords",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("keyword_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_keywords_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["keyword_id"], ["keywords.id"], name=op.f("fk_article_keywords_keyword_id_keywords")
        ),
        sa.PrimaryKeyConstraint("article_id", "keyword_id", name=op.f("pk_article_keywords")),
    )


def downgrade() -> None:
    op.drop_table("article_keywords")
    op.drop_table("keywords")
