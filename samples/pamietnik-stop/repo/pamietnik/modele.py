from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text, create_engine
from sqlalchemy.orm import declarative_base, foreign, relationship, sessionmaker

engine = create_engine("sqlite:///pamietnik.db")
Session = sessionmaker(bind=engine)
session = Session()  # jedna sesja na cały program

Base = declarative_base()


class Uzytkownik(Base):
    __tablename__ = "uzytkownicy"

    id = Column(Integer, primary_key=True)
    email = Column(String(100), index=True)
    nick = Column(String(50))

    wpisy = relationship("Wpis", back_populates="uzytkownik")


class Tag(Base):
    __tablename__ = "tagi"

    id = Column(Integer, primary_key=True)
    nazwa = Column(String(30), nullable=False)

    wpisy = relationship("Wpis", back_populates="tag")


class Wpis(Base):
    __tablename__ = "wpisy"

    id = Column(Integer, primary_key=True)
    tytul = Column(String(100), nullable=False)
    tresc = Column(Text)
    data = Column(DateTime, default=datetime.now())
    uzytkownik_id = Column(Integer, ForeignKey("uzytkownicy.id"))
    tag_id = Column(Integer, ForeignKey("tagi.id"))

    # usuwanie wpisu czyści też resztę
    uzytkownik = relationship("Uzytkownik", back_populates="wpisy", cascade="all")
    tag = relationship("Tag", back_populates="wpisy")
    komentarze = relationship(
        "Komentarz",
        primaryjoin="and_(Wpis.id == foreign(Komentarz.obiekt_id), Komentarz.obiekt_typ == 'wpis')",
        viewonly=True,
    )

    @property
    def podsumowanie(self):
        return "%s (%d komentarzy)" % (self.tytul, len(self.komentarze))


class Komentarz(Base):
    __tablename__ = "komentarze"

    id = Column(Integer, primary_key=True)
    tresc = Column(String(50))
    obiekt_typ = Column(String(20))
    obiekt_id = Column(Integer)
    autor_id = Column(Integer, ForeignKey("uzytkownicy.id"))
