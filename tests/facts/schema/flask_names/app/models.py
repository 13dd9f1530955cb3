from app.extensions import database as db

tags = db.Table(
    "tags_posts",
    db.Column("tag_id", db.Integer, db.ForeignKey("tag.id"), primary_key=True),
    db.Column("post_id", db.ForeignKey("blog_post.id"), primary_key=True),
)


class Model(db.Model):
    __abstract__ = True

    id = db.Column(db.Integer, primary_key=True)
    created = db.Column(db.DateTime, server_default=db.func.now())


class User(Model):
    name = db.Column(db.String(50), unique=True, nullable=False)
    posts = db.relationship("BlogPost", backref=db.backref("author", lazy="joined"), lazy=True)


class BlogPost(Model):
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"), nullable=False)
    tags = db.relationship("Tag", secondary=tags, backref=db.backref("posts", lazy="dynamic"), lazy="subquery")


class Tag(Model):
    label = db.Column(db.String(20))


class HTTPServer2Log(Model):
    __bind_key__ = "logs"


class Admin(User):
    level = db.Column(db.Integer)
