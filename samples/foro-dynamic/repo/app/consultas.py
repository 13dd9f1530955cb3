from sqlalchemy.orm import joinedload
from app.modelos import Post, Usuario


def posts_de_usuario(nombre):
    # todos los posts de un usuario con sus comentarios
    usuario = Usuario.query.filter_by(nombre=nombre).first_or_404()
    return [p.to_dict() for p in usuario.posts.all()]


def posts_optimizados():
    # joinedload trae los comentarios en la misma consulta, asi evitamos el N+1
    return Post.query.options(joinedload(Post.comentarios)).all()
