from sqlalchemy import Column, Integer, MetaData, String
from sqlalchemy.orm import as_declarative


@as_declarative(
    metadata=MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
        }
    )
)
class Base:
    id = Column(Integer, primary_key=True)


class User(Base):
    __tablename__ = "users"
    email = Column(String(100), nullable=False)
