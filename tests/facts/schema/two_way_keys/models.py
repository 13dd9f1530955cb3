from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Address(Base):
    __tablename__ = "address"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("user.id"))


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    preferred_id = Column(Integer, ForeignKey("address.id", use_alter=True))
    addresses = relationship("Address", backref="user", primaryjoin=id == Address.user_id)
    preferred = relationship("Address", primaryjoin=preferred_id == Address.id, post_update=True)
    followers = relationship("User", secondary="follow", primaryjoin="User.id == follow.c.a", backref="following")
