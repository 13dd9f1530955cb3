import os

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "postgresql+psycopg://nhatky:nhatky@localhost:5432/nhatky"))
PhienLamViec = sessionmaker(engine)


class CoSo(DeclarativeBase):
    """Lop co so cua moi mo hinh."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"
