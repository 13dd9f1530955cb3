"""Vykreslení stránek."""
from jinja2 import Environment, PackageLoader, select_autoescape
from sqlalchemy.orm import Session

from zapisnik.sluzby import titulni_strana

prostredi = Environment(loader=PackageLoader("zapisnik", "sablony"), autoescape=select_autoescape())


def vykresli_titulni_stranu(relace: Session, pocet: int = 10) -> str:
    """HTML titulní strany."""
    return prostredi.get_template("titulni.html").render(prispevky=titulni_strana(relace, pocet))
