from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, func
from sqlalchemy.orm import registry, relationship

from blog import domain

metadata = MetaData()
mapper_registry = registry(metadata=metadata)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("email", String(200), nullable=False, unique=True),
)
posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(100), nullable=False),
    Column("user_id", ForeignKey(users.c.id, ondelete="CASCADE"), nullable=False),
    Column("created_at", DateTime, server_default=func.now()),
)
tags = Table("tags", metadata, Column("id", Integer, primary_key=True), Column("name", String(20)))
post_tags = Table(
    "post_tags",
    metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


def start_mappers():
    tags_mapper = mapper_registry.map_imperatively(domain.Tag, tags, properties={"label": tags.c.name})
    posts_mapper = mapper_registry.map_imperatively(
        domain.Post,
        posts,
        properties={
            "author": relationship(domain.User, back_populates="posts"),
            "tags": relationship(tags_mapper, secondary=post_tags),
        },
    )
    mapper_registry.map_imperatively(
        domain.User,
        users,
        properties={"posts": relationship(posts_mapper, back_populates="author", cascade="all, delete-orphan")},
    )
