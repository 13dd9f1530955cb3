from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"fk": "fk_%(table_name)s"})
    id: Mapped[int] = mapped_column(Integer, primary_key=True)

    def __repr__(self):
        return "row"


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///blog.db"
db = SQLAlchemy(app, model_class=Base)


class Customer(db.Model):
    email: Mapped[str] = mapped_column(String(80), unique=True)


with app.app_context():
    db.create_all()

if __name__ == "__main__":
    app.run(debug=True)
