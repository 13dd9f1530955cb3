"""Users, posts, tags."""
import os
from contextlib import contextmanager
from datetime import datetime, timezone

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint, create_engine
from sqlalchemy.orm import declarative_base, relationship, scoped_session, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///harbour.db"))
SessionLocal = scoped_session(sessionmaker(bind=engine))

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Base = declarative_base(metadata=MetaData(naming_convention=NAMES))


@contextmanager
def session_scope():
    """Session for one unit of work, always closed."""
    session = SessionLocal()
    try:
        yield session
    finally:
        SessionLocal.remove()


def utcnow() -> datetime:
    return datetime.now(timezone.utc)


post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False),
    Column("tag_id", ForeignKey("tags.id"), nullable=False),
)


class User(Base):
    """Crew member who writes posts."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("email", "username"),)

    id = Column(Integer, primary_key=True)
    username = Column(String(40), nullable=False)
    email = Column(String(200), nullable=False)

    posts = relationship(
        "Post", primaryjoin="User.id == foreign(Post.owner_id)", back_populates="owner", order_by="Post.id"
    )

    def __repr__(self):
        return f"<User {self.username}>"


class Post(Base):
    """Entry in the log book."""

    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer, nullable=False, index=True)
    title = Column(String(160), nullable=False)
    body = Column(Text, nullable=False)
    created_at = Column(DateTime, nullable=False, default=utcnow)

    owner = relationship("User", primaryjoin="foreign(Post.owner_id) == User.id", back_populates="posts")
    tags = relationship("Tag", secondary=post_tags, back_populates="posts")

    def __repr__(self):
        return f"<Post {self.title}>"


class Tag(Base):
    """Topic."""

    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)

    posts = relationship("Post", secondary=post_tags, back_populates="tags")

    @classmethod
    def get_or_create(cls, session, name):
        """Find the tag or make it; names must not repeat."""
        tag = session.query(cls).filter_by(name=name).one_or_none()
        if tag is None:
            tag = cls(name=name)
            session.add(tag)
        return tag

    def __repr__(self):
        return f"<Tag {self.name}>"
