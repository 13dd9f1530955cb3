from sqlalchemy.orm import joinedload, subqueryload

from models import Post, User


def posts_by_user(session, user_id):
    return session.query(Post).options(joinedload("comments")).filter_by(author_id=user_id).all()


def user_page(session, user_id):
    return session.query(User).options(subqueryload("posts.comments")).filter(User.id == user_id).one()
