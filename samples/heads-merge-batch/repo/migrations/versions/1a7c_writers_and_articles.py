"""writers and articles

Revision ID: 1a7c
Revises:
Create Date: 2025-02-03 20:01:10.100200
"""
from alembic import op
import sqlalchemy as sa


revision = "1a7c"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "writers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writers")),
        sa.UniqueConstraint("email", name=op.f("uq_writers_email")),
        sa.UniqueConstraint("username", name=op.f("uq_writers_username")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["writer_id"], ["writers.id"], name=op.f("fk_articles_writer_id_writers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_writer_id"), "articles", ["writer_id"])


def downgrade() -> None:
    op.drop_table("articles")
    op.drop_table("writers")
