# datos de prueba, correr una sola vez (despues de alembic upgrade head)
from blog import *

def cargar():
    s = Session()
    ana = Usuario(nombre='Ana', correo='ana@correo.com')
    luis = Usuario(nombre='Luis', correo='luis@correo.com')
    e1 = Etiqueta(nombre='python')
    e2 = Etiqueta(nombre='cocina')
    for i in range(3):
        p = Publicacion(titulo='Post ' + str(i), contenido='bla bla', usuario=ana)
        p.etiquetas.append(e1)
        if i == 1: p.etiquetas.append(e2)
        s.add(p)
        for j in range(2):
            s.add(Comentario(texto='comentario ' + str(j), usuario=luis, publicacion=p))
    s.commit()
    s.close()
    print('listo')

if __name__ == '__main__':
    cargar()
