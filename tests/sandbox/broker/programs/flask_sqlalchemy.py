# SPDX-License-Identifier: MIT
import flask
from flask_sqlalchemy import SQLAlchemy
app = flask.Flask("program")
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
app.config["SQLALCHEMY_TRACK_MODIFICATIONS"] = False
db = SQLAlchemy(app)
class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True, nullable=False)
@app.route("/users")
def users():
    page = User.query.order_by(User.id).paginate(page=1, per_page=2)
    return {"names": [user.name for user in page.items], "total": page.total}
with app.app_context():
    db.create_all()
    db.session.add_all([User(name=n) for n in "abc"])
    db.session.commit()
    show(User.query.filter_by(name="b").first().id, User.query.count())
    db.session.add(User(name="a"))
    attempt(db.session.commit)
    db.session.rollback()
show(app.test_client().get("/users").get_json())
