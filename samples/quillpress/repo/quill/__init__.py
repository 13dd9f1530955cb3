from flask import Flask


def create_app() -> Flask:
    app = Flask(__name__)

    from quill.db import db_session
    from quill.views import bp

    app.register_blueprint(bp)

    @app.teardown_appcontext
    def shutdown_session(exception=None):
        db_session.remove()

    return app
