from sqlalchemy.orm import contains_eager, joinedload

from models import Comment, Post, User


def posts_by_user(session, username, limit=10):
    return (
        session.query(Post)
        .join(Post.author)
        .filter(User.username == username, Post.published.is_(True))
        .options(joinedload(Post.comments))
        .order_by(Post.created_at.desc())
        .limit(limit)
        .all()
    )


def commented_posts(session):
    """Posts having comments."""
    return session.query(Post).join(Post.comments).options(contains_eager(Post.comments)).all()


def one_post(session, post_id):
    return session.query(Post).get(post_id)


def first_pages(session):
    return session.query(Post).order_by(Post.id)[:10]


def walk(session):
    for post in session.query(Post):
        print(post.title, [comment.body for comment in post.comments])
