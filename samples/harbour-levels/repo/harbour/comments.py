"""Guest comments, kept apart from the rest."""
from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import backref, declarative_base, relationship

from harbour.core import NAMES, Post, utcnow

CommentBase = declarative_base(metadata=MetaData(naming_convention=NAMES))


class Comment(CommentBase):
    """What a guest said about a post."""

    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey(Post.__table__.c.id, ondelete="CASCADE"), nullable=False, index=True)
    guest_name = Column(String(60), nullable=False)
    body = Column(Text, nullable=False)
    created_at = Column(DateTime, nullable=False, default=utcnow)

    post = relationship(
        Post, backref=backref("comments", cascade="all, delete-orphan", passive_deletes=True, order_by=id)
    )

    def __repr__(self):
        return f"<Comment by {self.guest_name}>"
