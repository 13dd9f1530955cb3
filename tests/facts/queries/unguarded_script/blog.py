from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, selectinload

from models import Post, User

engine = create_engine("sqlite:///blog.db")

with Session(engine) as session:
    user = session.scalar(select(User).where(User.username == "ana"))
    print(user.email)

    stmt = select(Post).where(Post.author_id == user.id).options(selectinload(Post.comments))
    for post in session.scalars(stmt):
        print(post.title, len(post.comments))
