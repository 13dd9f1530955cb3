"""Fabrique de l'application."""
from flask import Flask

from carnet.configuration import configurations
from carnet.extensions import activer_cles_etrangeres, db, migrate


def create_app(nom: str = "developpement") -> Flask:
    app = Flask(__name__)
    app.config.from_object(configurations[nom])

    db.init_app(app)
    from carnet import modeles  # noqa: F401  enregistre toutes les tables

    migrate.init_app(app, db, render_as_batch=True)
    activer_cles_etrangeres(app)

    from carnet.billets.routes import bp as billets
    from carnet.comptes.routes import bp as comptes

    app.register_blueprint(billets)
    app.register_blueprint(comptes)
    return app
