from blog import Session, Usuario, Publicacion, Comentario
from sqlalchemy.orm import subqueryload, joinedload


# CONSULTA 1: todas las publicaciones de un usuario con los comentarios
def posts_de_usuario(s, correo):
    u = s.query(Usuario).filter(Usuario.correo == correo).first()
    if u == None:
        return []
    lista = s.query(Publicacion).options(subqueryload(Publicacion.comentarios)).filter(Publicacion.usuario_id == u.id).order_by(Publicacion.id).all()
    res = []
    for p in lista:
        d = {}
        d['id'] = p.id
        d['titulo'] = p.titulo
        d['contenido'] = p.contenido
        coms = []
        for c in p.comentarios:
            coms.append({'id': c.id, 'texto': c.texto, 'usuario_id': c.usuario_id})
        d['comentarios'] = coms
        res.append(d)
    return res


# CONSULTA 2: sin el problema N+1. antes hacia un query por cada post (ver git log jeje)
# trae publicaciones con comentarios, quien comento, etiquetas y autor
def posts_optimizado(s):
    q = s.query(Publicacion)
    q = q.options(joinedload(Publicacion.usuario))
    q = q.options(subqueryload(Publicacion.comentarios).joinedload(Comentario.usuario))
    q = q.options(subqueryload(Publicacion.etiquetas))
    q = q.order_by(Publicacion.id)
    return q.all()


if __name__ == '__main__':
    s = Session()
    print("--- posts de ana ---")
    for d in posts_de_usuario(s, 'ana@correo.com'):
        print(d['titulo'], len(d['comentarios']), 'comentarios')
    print("--- todos ---")
    for p in posts_optimizado(s):
        print(p.titulo, 'de', p.usuario.nombre, [e.nombre for e in p.etiquetas])
        for c in p.comentarios:
            print('   ', c.usuario.nombre + ':', c.texto)
    s.close()
