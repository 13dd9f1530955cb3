"""create the blog tables

Revision ID: 0001
Revises:
Create Date: 2026-01-28 08:00:00
"""
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DDL = [
    """
    CREATE TABLE users (
        id INTEGER NOT NULL,
        handle VARCHAR(40) NOT NULL,
        email VARCHAR(254) NOT NULL,
        created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT pk_users PRIMARY KEY (id),
        CONSTRAINT uq_users_handle UNIQUE (handle),
        CONSTRAINT uq_users_email UNIQUE (email)
    )
    """,
    """
    CREATE TABLE tags (
        id INTEGER NOT NULL,
        label VARCHAR(50) NOT NULL,
        CONSTRAINT pk_tags PRIMARY KEY (id),
        CONSTRAINT uq_tags_label UNIQUE (label)
    )
    """,
    """
    CREATE TABLE posts (
        id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        title VARCHAR(200) NOT NULL,
        body TEXT NOT NULL,
        created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT pk_posts PRIMARY KEY (id),
        CONSTRAINT fk_posts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_posts_user_id ON posts (user_id)",
    """
    CREATE TABLE comments (
        id INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        body TEXT NOT NULL,
        created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        CONSTRAINT pk_comments PRIMARY KEY (id),
        CONSTRAINT fk_comments_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_comments_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_comments_post_id ON comments (post_id)",
    "CREATE INDEX ix_comments_user_id ON comments (user_id)",
    """
    CREATE TABLE post_tags (
        post_id INTEGER NOT NULL,
        tag_id INTEGER NOT NULL,
        CONSTRAINT pk_post_tags PRIMARY KEY (post_id, tag_id),
        CONSTRAINT fk_post_tags_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT fk_post_tags_tag_id_tags FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_post_tags_tag_id ON post_tags (tag_id)",
]


def upgrade() -> None:
    for statement in DDL:
        op.execute(statement)


def downgrade() -> None:
    for table in ("post_tags", "comments", "posts", "tags", "users"):
        op.execute(f"DROP TABLE {table}")
