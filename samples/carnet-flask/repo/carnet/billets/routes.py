from flask import Blueprint, jsonify, request

from carnet.billets.requetes import derniers_billets
from carnet.billets.vues import billet_en_json

bp = Blueprint("billets", __name__, url_prefix="/billets")


@bp.get("/")
def liste():
    page = derniers_billets(request.args.get("page", 1, int), request.args.get("par_page", 20, int))
    return jsonify(total=page.total, billets=[billet_en_json(b) for b in page.items])
