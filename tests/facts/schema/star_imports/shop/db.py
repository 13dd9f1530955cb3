from sqlalchemy import *
from sqlalchemy.orm import *

Base = declarative_base()
__all__ = ["Base", "Column", "Integer", "String", "ForeignKey", "relationship"]
