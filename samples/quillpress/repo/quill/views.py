from flask import Blueprint, jsonify, render_template

from quill.schemas import PostSchema, TagSchema
from quill.services import PostService

bp = Blueprint("blog", __name__)
service = PostService()


@bp.get("/")
def index():
    return render_template("index.html", posts=service.front_page())


@bp.get("/api/users/<username>/posts")
def user_posts(username):
    return jsonify(PostSchema(many=True).dump(service.posts_for_user(username)))


@bp.get("/api/tags")
def tags():
    return jsonify(TagSchema(many=True).dump(service.tags()))
