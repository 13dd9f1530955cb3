import os

from sqlalchemy import MetaData, create_engine
from sqlalchemy.orm import declarative_base, scoped_session, sessionmaker

DATABASE_URL = os.getenv("DATABASE_URL", "mysql+pymysql://blog:blog@localhost/blog?charset=utf8mb4")

engine = create_engine(DATABASE_URL, pool_recycle=3600, pool_pre_ping=True)
Session = scoped_session(sessionmaker(bind=engine))

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Base = declarative_base(metadata=MetaData(naming_convention=convention))
