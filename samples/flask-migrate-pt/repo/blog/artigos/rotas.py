from flask import abort, jsonify, render_template, request

from ..extensoes import db
from ..modelos import Usuario
from . import bp, consultas


@bp.get("/")
def inicio():
    limite = request.args.get("limite", 10, type=int)
    return render_template("inicio.html", artigos=consultas.artigos_recentes(limite))


@bp.get("/usuarios/<int:usuario_id>/artigos")
def artigos_do_usuario(usuario_id):
    usuario = db.get_or_404(Usuario, usuario_id)
    artigos = consultas.artigos_do_usuario(usuario.id)
    return jsonify([artigo.to_dict() for artigo in artigos])


@bp.get("/artigos/<slug>")
def artigo(slug):
    encontrado = consultas.artigo_por_slug(slug)
    if encontrado is None:
        abort(404)
    return jsonify(encontrado.to_dict())
