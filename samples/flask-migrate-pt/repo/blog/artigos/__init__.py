from flask import Blueprint

bp = Blueprint("artigos", __name__)

from . import rotas  # noqa: E402,F401
