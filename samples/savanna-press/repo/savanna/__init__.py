"""Savanna Press."""
from flask import Flask, jsonify

from savanna.content.queries import articles_by_username, front_page
from savanna.content.schemas import ArticleSchema
from savanna.db import session


def create_app() -> Flask:
    app = Flask(__name__)
    articles = ArticleSchema(many=True)

    @app.teardown_appcontext
    def remove_session(_error):
        session.remove()

    @app.get("/writers/<username>/articles")
    def writer_articles(username: str):
        return jsonify(articles.dump(articles_by_username(session, username)))

    @app.get("/")
    def home():
        return jsonify(articles.dump(front_page(session, 100)))

    return app
