import os

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import sessionmaker

from blogue.infraestrutura.orm import iniciar_mapeamentos
from blogue.infraestrutura.repositorio_sql import RepositorioSql


def url_do_banco() -> str:
    return os.environ.get("DATABASE_URL", "sqlite:///blogue.db")


def criar_motor(url: str | None = None) -> Engine:
    motor = create_engine(url or url_do_banco())
    if motor.dialect.name == "sqlite":

        @event.listens_for(motor, "connect")
        def _chaves_estrangeiras(conexao, _registro):
            conexao.execute("PRAGMA foreign_keys=ON")

    return motor


class UnidadeDeTrabalho:
    """Abre uma sessão, confirma explicitamente, desfaz em caso de erro."""

    def __init__(self, motor: Engine | None = None) -> None:
        iniciar_mapeamentos()
        self._fabrica = sessionmaker(motor or criar_motor(), expire_on_commit=False)

    def __enter__(self) -> "UnidadeDeTrabalho":
        self.sessao = self._fabrica()
        self.postagens = RepositorioSql(self.sessao)
        return self

    def __exit__(self, tipo, valor, rastro) -> None:
        if tipo is not None:
            self.sessao.rollback()
        self.sessao.close()

    def confirmar(self) -> None:
        self.sessao.commit()
