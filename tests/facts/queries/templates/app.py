from flask import Flask, render_template

from db import db_session
from models import Post

app = Flask(__name__)


@app.route("/")
def index():
    posts = db_session.query(Post).order_by(Post.id).all()
    return render_template("posts/index.html", posts=posts, title="All posts")
