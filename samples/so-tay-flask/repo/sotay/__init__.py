"""Ứng dụng Sổ tay."""
import os
from pathlib import Path

from flask import Flask

from sotay.co_so import db, di_tru


def create_app() -> Flask:
    app = Flask(__name__, template_folder="giao_dien")
    app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DATABASE_URL", "sqlite:///sotay.db")
    db.init_app(app)
    di_tru.init_app(app, db, directory=str(Path(__file__).parent / "di_tru"), render_as_batch=True)

    from sotay.trang import trang

    app.register_blueprint(trang)
    return app
