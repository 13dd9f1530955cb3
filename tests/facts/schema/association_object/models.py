from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class PostTag(Base):
    __tablename__ = "post_tags"
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)
    added: Mapped[datetime] = mapped_column(default=datetime.utcnow)
    post: Mapped["Post"] = relationship(back_populates="links")
    tag: Mapped["Tag"] = relationship(back_populates="links")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    links: Mapped[list[PostTag]] = relationship(back_populates="post", cascade="all, delete-orphan")
    tags: AssociationProxy[list["Tag"]] = association_proxy("links", "tag")
    direct_tags: Mapped[list["Tag"]] = relationship(secondary="post_tags", viewonly=True)


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    links: Mapped[list[PostTag]] = relationship(back_populates="tag")
    posts = relationship(Post, secondary=PostTag.__table__, overlaps="links,tag,post")
