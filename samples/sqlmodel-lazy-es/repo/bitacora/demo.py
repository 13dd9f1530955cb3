"""python -m bitacora.demo (después de ``alembic upgrade head``)."""
from sqlmodel import Session

from .bd import motor
from .consultas import obtener_o_crear_etiqueta, publicaciones_de_usuario, ultimas_publicaciones
from .modelos import Comentario, Publicacion, Usuario


def main() -> None:
    with Session(motor) as sesion:
        ana = Usuario(nombre="Ana", correo="ana@ejemplo.mx")
        luis = Usuario(nombre="Luis", correo="luis@ejemplo.mx")
        python = obtener_o_crear_etiqueta(sesion, "Python")
        for i in range(3):
            p = Publicacion(titulo=f"Entrada {i}", cuerpo="...", autor=ana, etiquetas=[python])
            p.comentarios.append(Comentario(texto="¡Qué bueno!", autor=luis))
            sesion.add(p)
        sesion.commit()

        for p in publicaciones_de_usuario(sesion, "ana@ejemplo.mx"):
            print(p.titulo, [c.texto for c in p.comentarios])
        for p in ultimas_publicaciones(sesion, 5):
            print(p.titulo, p.autor.nombre if p.autor else "-", [e.nombre for e in p.etiquetas])


if __name__ == "__main__":
    main()
