"""Yhteinen kantaluokka, pehmeä poisto ja istunto."""
import datetime
import os

from sqlalchemy import Column, DateTime, Integer, MetaData, create_engine, event
from sqlalchemy.orm import Session, as_declarative, declared_attr, sessionmaker, with_loader_criteria


def nyt():
    return datetime.datetime.utcnow()


@as_declarative(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)
class Kanta:
    """Taulun nimi on luokan nimi pienillä kirjaimilla."""

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()

    tunnus = Column(Integer, primary_key=True)
    luotu = Column(DateTime, nullable=False, default=nyt)

    def __repr__(self):
        return "<%s %s>" % (type(self).__name__, self.tunnus)


class Poistettava:
    """Pehmeä poisto: rivi jää, `poistettu` saa ajan."""

    poistettu = Column(DateTime)

    def poista(self):
        self.poistettu = nyt()


@event.listens_for(Session, "do_orm_execute")
def _piilota_poistetut(tila):
    """Poistetut rivit eivät näy, ellei kysely sano `execution_options(poistetut=True)`."""
    if tila.is_select and not tila.is_column_load and not tila.execution_options.get("poistetut", False):
        tila.statement = tila.statement.options(
            with_loader_criteria(Poistettava, lambda luokka: luokka.poistettu.is_(None), include_aliases=True)
        )


moottori = create_engine(os.environ.get("PAIVAKIRJA_TIETOKANTA", "sqlite:///paivakirja.db"))
Istunto = sessionmaker(bind=moottori)
