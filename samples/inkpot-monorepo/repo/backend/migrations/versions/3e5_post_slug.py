"""post slug, filled from the title

Revision ID: 3e5d9a04b6c1
Revises: 2d0b6c15a8f4
Create Date: 2024-06-10 11:55:48.299307

"""
import sqlalchemy as sa
from alembic import op

revision = "3e5d9a04b6c1"
down_revision = "2d0b6c15a8f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("slug", sa.String(220), nullable=True), schema="blog")
    op.execute(
        "UPDATE blog.post SET slug ="
        " left(trim(both '-' from regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g')), 180) || '-' || left(id::text, 13)"
    )
    op.alter_column("post", "slug", existing_type=sa.String(220), nullable=False, schema="blog")
    op.create_unique_constraint("uq_post_slug", "post", ["slug"], schema="blog")


def downgrade() -> None:
    op.drop_constraint("uq_post_slug", "post", type_="unique", schema="blog")
    op.drop_column("post", "slug", schema="blog")
