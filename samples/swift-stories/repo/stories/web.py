from flask import Flask, jsonify, request

from stories.database import SessionLocal
from stories.repository import StoryRepository


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/@<handle>")
    def writer_page(handle: str):
        with SessionLocal() as session:
            stories = StoryRepository(session).by_writer(handle, request.args.get("limit", 20, int))
            return jsonify([{"title": s.title, "responses": [r.body for r in s.responses]} for s in stories])

    @app.get("/")
    def front_page():
        with SessionLocal() as session:
            stories = StoryRepository(session).front_page(request.args.get("limit", 20, int))
            return jsonify(
                [
                    {"title": s.title, "writer": s.writer.handle, "responses": [r.body for r in s.responses]}
                    for s in stories
                ]
            )

    return app
