from flask import Flask

from config import configuracoes

from .extensoes import db, migrate


def criar_app(nome_config="default"):
    """Fábrica da aplicação."""
    app = Flask(__name__)
    app.config.from_object(configuracoes[nome_config])

    db.init_app(app)
    migrate.init_app(app, db)

    from . import modelos  # noqa: F401  (registra os modelos antes do Alembic)
    from .artigos import bp
    from .comandos import registrar

    app.register_blueprint(bp)
    registrar(app)
    return app
