from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey(User.id))


User.posts = relationship(Post, order_by=Post.id, back_populates="user")
Post.user = relationship(User, back_populates="posts")
User.email = Column("mail", String(50), unique=True)
setattr(Post, "title", Column(String(80), nullable=False))
