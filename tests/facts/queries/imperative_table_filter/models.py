from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import registry, relationship

mapping = registry()

users = Table("users", mapping.metadata, Column("id", Integer, primary_key=True), Column("name", String(40)))
posts = Table(
    "posts",
    mapping.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
)


class User:
    pass


class Post:
    pass


def start_mappers():
    mapping.map_imperatively(User, users)
    mapping.map_imperatively(Post, posts, properties={"author": relationship(User)})
