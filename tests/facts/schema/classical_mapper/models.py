from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.orm import mapper, relationship

metadata = MetaData()

author = Table("author", metadata, Column("id", Integer, primary_key=True))
entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text),
    Column("author_id", Integer, ForeignKey("author.id")),
)


class Author(object):
    pass


class Entry(object):
    pass


mapper(Author, author, properties={"entries": relationship("Entry", backref="author")})
mapper(Entry, entry)
