from flask import Blueprint, jsonify

from carnet.billets.requetes import billets_d_un_membre
from carnet.billets.vues import billet_en_json

bp = Blueprint("comptes", __name__, url_prefix="/membres")


@bp.get("/<pseudo>/billets")
def billets(pseudo: str):
    return jsonify([billet_en_json(b) for b in billets_d_un_membre(pseudo)])
