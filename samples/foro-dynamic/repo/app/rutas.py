from flask import Blueprint, jsonify, render_template
from app.consultas import posts_de_usuario, posts_optimizados

rutas = Blueprint('rutas', __name__)

@rutas.route('/')
def inicio():
    return render_template('inicio.html', posts=posts_optimizados())

@rutas.route('/usuario/<nombre>')
def usuario(nombre):
    return jsonify(posts_de_usuario(nombre))
