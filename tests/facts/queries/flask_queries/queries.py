from sqlalchemy.orm import joinedload

from models import Post, User, db


def posts_of(user_id):
    return Post.query.filter_by(user_id=user_id).options(joinedload(Post.comments)).all()


def page(number):
    return Post.query.order_by(Post.id).paginate(page=number, per_page=20).items


def modern(user_id):
    stmt = db.select(Post).where(Post.user_id == user_id)
    return db.session.execute(stmt).scalars().all()


def new_page():
    return db.paginate(db.select(Post).order_by(Post.id))


def one(user_id):
    return db.get_or_404(User, user_id)


def through_user(name):
    user = User.query.filter_by(name=name).first_or_404()
    return user.posts.order_by(Post.id).all()
