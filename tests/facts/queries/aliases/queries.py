from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from models import Comment, Post, User


def posts_by_user(session, name):
    writer = aliased(User, name="writer")
    stmt = (
        select(Post)
        .join(writer, Post.author)
        .where(writer.username == name)
        .options(contains_eager(Post.author.of_type(writer)), selectinload(Post.comments))
    )
    return session.scalars(stmt).all()


def pairs(session, user_id):
    stmt = select(Post, Comment).join(Comment, Comment.post_id == Post.id, isouter=True).where(Post.author_id == user_id)
    return [(post.title, comment.body if comment else None) for post, comment in session.execute(stmt)]


def labelled(session):
    rows = session.execute(select(Post.title.label("name"), User).join(Post.author)).all()
    return [{"name": row.name, "posts": len(row.User.posts)} for row in rows]
