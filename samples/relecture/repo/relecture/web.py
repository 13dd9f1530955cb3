"""Application Flask."""
import os

from flask import Flask, g, jsonify
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from relecture.lecture import ServiceDeLecture

app = Flask(__name__)
fabrique = sessionmaker(create_engine(os.environ.get("DATABASE_URL", "postgresql+psycopg2://relecture:relecture@localhost/relecture")))


def session() -> Session:
    if "session" not in g:
        g.session = fabrique()
    return g.session


@app.teardown_appcontext
def fermer(_erreur) -> None:
    ouverte = g.pop("session", None)
    if ouverte is not None:
        ouverte.close()


@app.get("/utilisateurs/<pseudo>/billets")
def billets(pseudo: str):
    return jsonify(ServiceDeLecture(session()).billets_de(pseudo))
