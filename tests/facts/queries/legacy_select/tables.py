from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()
users = Table("users", metadata, Column("id", Integer, primary_key=True), Column("name", String(50), nullable=False))
posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("title", String(100), nullable=False),
)
