from flask import Blueprint, jsonify

from db import session
from models import Post
from schemas import posts_schema

bp = Blueprint("posts", __name__)


@bp.route("/posts")
def posts():
    return jsonify(posts_schema.dump(session.query(Post).all()))
