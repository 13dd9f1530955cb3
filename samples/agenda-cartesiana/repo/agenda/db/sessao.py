"""Engine e fábrica de sessões."""
import os
from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///agenda.db"), pool_pre_ping=True)
FabricaDeSessao = sessionmaker(bind=engine, expire_on_commit=False)


def obter_sessao() -> Iterator[Session]:
    """Entrega uma sessão e garante o fechamento."""
    with FabricaDeSessao() as sessao:
        yield sessao
