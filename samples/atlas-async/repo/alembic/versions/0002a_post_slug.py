"""posts: slug, filled for the existing rows

Revision ID: 0002a
Revises: 0001
Create Date: 2026-05-11 11:20:00
"""
import re

import sqlalchemy as sa
from alembic import op

revision = "0002a"
down_revision = "0001"
branch_labels = ("slug",)
depends_on = None

posts = sa.table("posts", sa.column("id", sa.Uuid()), sa.column("title", sa.String()), sa.column("slug", sa.String()))


def upgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.add_column(sa.Column("slug", sa.String(220), nullable=True))

    bind = op.get_bind()
    for id_, title in bind.execute(sa.select(posts.c.id, posts.c.title)).all():
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "post"
        bind.execute(posts.update().where(posts.c.id == id_).values(slug=f"{slug[:180]}-{str(id_)[:8]}"))

    with op.batch_alter_table("posts") as batch:
        batch.alter_column("slug", existing_type=sa.String(220), nullable=False)
        batch.create_unique_constraint("uq_posts_slug", ["slug"])


def downgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.drop_constraint("uq_posts_slug", type_="unique")
        batch.drop_column("slug")
