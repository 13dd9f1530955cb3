"""word count of contents

Adds the column with a default (old application servers keep inserting), then fills it for what is already there, 500 rows at a time.

Revision ID: f41b6620a9d7
Revises: 8d02f7c31e6a
Create Date: 2026-08-02 09:15:44.670012

"""
import sqlalchemy as sa
from alembic import op

revision = "f41b6620a9d7"
down_revision = "8d02f7c31e6a"
branch_labels = None
depends_on = None

contents = sa.table("contents", sa.column("id", sa.Integer), sa.column("body", sa.Text), sa.column("word_count", sa.Integer))


def upgrade() -> None:
    op.add_column("contents", sa.Column("word_count", sa.Integer(), server_default="0", nullable=False))

    bind = op.get_bind()
    last = 0
    while rows := bind.execute(
        sa.select(contents.c.id, contents.c.body).where(contents.c.id > last).order_by(contents.c.id).limit(500)
    ).all():
        bind.execute(
            contents.update().where(contents.c.id == sa.bindparam("b_id")).values(word_count=sa.bindparam("b_words")),
            [{"b_id": row.id, "b_words": len(row.body.split())} for row in rows],
        )
        last = rows[-1].id


def downgrade() -> None:
    op.drop_column("contents", "word_count")
