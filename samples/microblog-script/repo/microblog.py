from datetime import datetime

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Integer, String, Text, create_engine
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship

engine = create_engine("sqlite:///microblog.db")
Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String(200), unique=True, nullable=False)
    posts = relationship("Post", back_populates="user", cascade="all, delete-orphan")
    comments = relationship("Comment", back_populates="user", cascade="all, delete-orphan")


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
    body = Column(Text, nullable=False)
    tags = Column(JSON, default=[])  # list of strings, easier than another table
    created_at = Column(DateTime, default=datetime.utcnow)
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False, index=True)
    user = relationship("User", back_populates="posts")
    comments = relationship("Comment", back_populates="post", cascade="all, delete-orphan")


class Comment(Base):
    __tablename__ = "comments"
    id = Column(Integer, primary_key=True)
    body = Column(Text, nullable=False)
    created_at = Column(DateTime, default=datetime.utcnow)
    post_id = Column(Integer, ForeignKey("posts.id"), nullable=False, index=True)
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False, index=True)
    post = relationship("Post", back_populates="comments")
    user = relationship("User", back_populates="comments")


def seed(session):
    ann = User(email="ann@example.com")
    bob = User(email="bob@example.com")
    for i in range(3):
        post = Post(title=f"post {i}", body="lorem", tags=["python"], user=ann)
        post.comments.append(Comment(body="nice", user=bob))
        session.add(post)
    session.add(Post(title="bob's", body="ipsum", user=bob))
    session.commit()


# all posts by a user with comments
def get_user_posts(session, user_id):
    posts = session.query(Post).order_by(Post.id).all()
    result = []
    for post in posts:
        if post.user_id == user_id:
            result.append({"title": post.title, "comments": [c.body for c in post.comments]})
    return result


# same for everybody, but eager: one query
def get_all_posts_with_comments(session):
    return session.query(Post).options(joinedload(Post.comments)).order_by(Post.id).all()


Base.metadata.create_all(engine)
session = Session(engine)
if session.query(User).count() == 0:
    seed(session)
for row in get_user_posts(session, 1):
    print(row)
for post in get_all_posts_with_comments(session):
    print(post.title, len(post.comments))
session.close()
