from sqlalchemy.orm import declarative_base

Modelo = declarative_base()
