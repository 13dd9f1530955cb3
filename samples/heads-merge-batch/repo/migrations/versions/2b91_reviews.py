"""reviews

Revision ID: 2b91
Revises: 1a7c
Create Date: 2025-02-04 19:30:44.000310
"""
from alembic import op
import sqlalchemy as sa


revision = "2b91"
down_revision = "1a7c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_reviews_article_id_articles")),
        sa.ForeignKeyConstraint(["writer_id"], ["writers.id"], name=op.f("fk_reviews_writer_id_writers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_article_id"), "reviews", ["article_id"])
    op.create_index(op.f("ix_reviews_writer_id"), "reviews", ["writer_id"])


def downgrade() -> None:
    op.drop_table("reviews")
