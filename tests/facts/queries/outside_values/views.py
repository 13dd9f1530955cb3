from flask import Flask, request
from flask_login import current_user

from db import session
from models import Post, User

app = Flask(__name__)


@app.get("/mine")
def mine():
    return [post.title for post in session.query(Post).filter(Post.author_id == current_user.id)]


@app.get("/search")
def search():
    name = request.args.get("user")
    return [post.title for post in session.query(Post).join(User).filter(User.username == name)]
