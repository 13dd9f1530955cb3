import sqlalchemy as sa

from storage import tools


class Model:
    metadata = sa.MetaData()

    users = tools.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True))
    posts = tools.Table(
        "posts",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Index("ix_posts_user", "user_id"),
    )
