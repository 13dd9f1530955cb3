from flask import Flask
from flask_sqlalchemy import SQLAlchemy


def make_models(db):
    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String(20), nullable=False)

    return User


db = SQLAlchemy(Flask(__name__))
User = make_models(db)
