from acme.models import *
from sqlalchemy import Column, Integer


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
