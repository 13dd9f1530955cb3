from models import User


def posts_of(user: User):
    return user.posts


def titles(session, username):
    user = session.query(User).filter_by(username=username).one()
    result = []
    for post in user.posts:
        result.append({"title": post.title, "comments": [c.body for c in post.comments]})
    return result


def everything(session):
    for user in session.query(User).all():
        for post in user.posts:
            for comment in post.comments:
                print(comment.author.username)
