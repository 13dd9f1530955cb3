from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

T = TypeVar("T")


class BaseRepository(Generic[T]):
    options = ()

    def __init__(self, model: type[T], session: Session):
        self.model = model
        self.session = session

    def list(self):
        return self.session.scalars(select(self.model).options(*self.options)).all()

    def get(self, key):
        return self.session.get(self.model, key)
