import os
import uuid
from datetime import datetime

from sqlalchemy import Column, DateTime, MetaData, String, create_engine
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import sessionmaker

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

engine = create_engine(os.getenv("GAZETTE_URL", "sqlite:///gazette.db"))
Session = sessionmaker(bind=engine)
Base = declarative_base(metadata=MetaData(naming_convention=convention))


def nouvel_id():
    """Identifiant opaque sous forme de chaîne."""
    return uuid.uuid4().hex


class Commun:
    """Clé et horodatage de toutes les entités."""

    id = Column(String(32), primary_key=True, default=nouvel_id)
    cree_le = Column(DateTime, nullable=False, default=datetime.utcnow)

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, self.id)
