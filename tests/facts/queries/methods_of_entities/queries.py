from models import Post


def use(session):
    return Post.by_user(session, 1)
