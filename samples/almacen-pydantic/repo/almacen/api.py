from typing import List

from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from almacen import repositorio
from almacen.bd import obtener_bd
from almacen.esquemas import ArticuloSalida, EtiquetaSalida

app = FastAPI(title="Almacén")


@app.get("/usuarios/{nombre_usuario}/articulos", response_model=List[ArticuloSalida])
def articulos_de_usuario(nombre_usuario: str, bd: Session = Depends(obtener_bd)):
    return repositorio.articulos_de_usuario(bd, nombre_usuario)


@app.get("/etiquetas", response_model=List[EtiquetaSalida])
def listar_etiquetas(bd: Session = Depends(obtener_bd)):
    return repositorio.etiquetas(bd)
