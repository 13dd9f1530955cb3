"""slug of an article, filled from the title

Revision ID: 5e3f
Revises: 4d0e
Create Date: 2025-02-06 20:45:31.559010
"""
from alembic import op
import sqlalchemy as sa


revision = "5e3f"
down_revision = "4d0e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as batch_op:
        batch_op.add_column(sa.Column("slug", sa.String(length=180), nullable=True))

    articles = sa.table("articles", sa.column("id", sa.Integer), sa.column("title", sa.String), sa.column("slug", sa.String))
    bind = op.get_bind()
    for id_, title in bind.execute(sa.select(articles.c.id, articles.c.title)).all():
        slug = "-".join(title.lower().split())[:160] + f"-{id_}"
        bind.execute(articles.update().where(articles.c.id == id_).values(slug=slug))

    with op.batch_alter_table("articles") as batch_op:
        batch_op.alter_column("slug", existing_type=sa.String(length=180), nullable=False)
        batch_op.create_unique_constraint("uq_articles_slug", ["slug"])


def downgrade() -> None:
    with op.batch_alter_table("articles") as batch_op:
        batch_op.drop_constraint("uq_articles_slug", type_="unique")
        batch_op.drop_column("slug")
