from base import session
from consultas import buscar, publicaciones_con_comentarios, publicaciones_de_usuario
from modelos import Comentario, Etiqueta, Publicacion, Usuario


def cargar_datos():
    ana = Usuario(nombre_usuario="ana", email="ana@correo.co", contrasena="1234")
    luis = Usuario(nombre_usuario="luis", email="luis@correo.co", contrasena="abcd")
    p1 = Publicacion(titulo="Hola blog", contenido="Mi primera publicacion")
    p1.etiquetas.append(Etiqueta(nombre="python"))
    p1.comentarios.append(Comentario(texto="Muy bien!"))
    ana.publicaciones.append(p1)
    session.add_all([ana, luis])
    session.commit()
    return ana


if __name__ == "__main__":
    ana = cargar_datos()
    for p in publicaciones_de_usuario(ana.id):
        print(p.titulo, [c.texto for c in p.comentarios])
    for p in publicaciones_con_comentarios():
        print(p, len(p.comentarios))
    print(buscar("Hola"))
