from sqlalchemy.orm import Query, selectinload, sessionmaker

from models import Post


class PostQuery(Query):
    def published(self):
        return self.filter(Post.published.is_(True))

    def with_comments(self):
        return self.options(selectinload(Post.comments))


Session = sessionmaker(query_cls=PostQuery)


def posts_by_user(session, user_id):
    return session.query(Post).filter(Post.author_id == user_id).published().with_comments().all()
