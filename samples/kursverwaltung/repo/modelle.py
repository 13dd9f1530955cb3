from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Student(Base):
    __tablename__ = "studenten"
    id = Column(Integer, primary_key=True)
    matrikelnummer = Column(Integer)
    email = Column(String(200), unique=True, nullable=False)
    name = Column(String(100), nullable=False)
    anmeldungen = relationship("Anmeldung", back_populates="student", cascade="all, delete-orphan")


class Dozent(Base):
    __tablename__ = "dozenten"
    id = Column(Integer, primary_key=True)
    name = Column(String(100))
    kurse = relationship("Kurs", back_populates="dozent")


class Kurs(Base):
    __tablename__ = "kurse"
    id = Column(Integer, primary_key=True)
    titel = Column(String(200), nullable=False)
    dozent_id = Column(Integer, ForeignKey("dozenten.id"))
    dozent = relationship("Dozent", back_populates="kurse")
    anmeldungen = relationship("Anmeldung", back_populates="kurs", cascade="all, delete-orphan")


class Anmeldung(Base):
    __tablename__ = "anmeldungen"
    __table_args__ = (UniqueConstraint("student_id", "kurs_id"),)
    id = Column(Integer, primary_key=True)
    student_id = Column(Integer, ForeignKey("studenten.id"), nullable=False)
    kurs_id = Column(Integer, ForeignKey("kurse.id"), nullable=False)
    note = Column(String(3))
    datum = Column(DateTime)
    student = relationship("Student", back_populates="anmeldungen")
    kurs = relationship("Kurs", back_populates="anmeldungen")
