from flask.views import MethodView

from db import db_session
from models import Post


class PostList(MethodView):
    def get(self):
        return [{"title": post.title, "author": post.author.username} for post in db_session.query(Post).all()]
