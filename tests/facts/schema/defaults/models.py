import enum
import time
import uuid
from datetime import datetime, timedelta, timezone
from functools import partial
from uuid import uuid4

from sqlalchemy import Column, DateTime, Float, Integer, JSON, String, func, text
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import declarative_base
from sqlalchemy.sql import expression, functions

Base = declarative_base()


class Level(enum.Enum):
    low = 1


def now():
    return datetime.now(timezone.utc)


class utcnow(expression.FunctionElement):
    type = DateTime()


START = datetime(2024, 1, 1)


class Thing(Base):
    __tablename__ = "things"

    id = Column(String(36), primary_key=True, default=lambda: str(uuid4()))
    reference = Column(DateTime, default=datetime.utcnow)
    earliest = Column(DateTime, default=datetime.min)
    called = Column(DateTime, default=datetime.utcnow())
    aware_called = Column(DateTime, default=datetime.now(timezone.utc), onupdate=datetime.now(timezone.utc))
    own_function = Column(DateTime, default=now, onupdate=now)
    own_called = Column(DateTime, default=now())
    shifted = Column(DateTime, default=datetime.now() + timedelta(days=1))
    formatted = Column(String(30), default=datetime.now().isoformat())
    partial_call = Column(DateTime, default=partial(datetime.now, timezone.utc))
    sql = Column(DateTime, default=func.now(), onupdate=func.current_timestamp())
    sql_class = Column(DateTime, default=functions.now())
    sql_own = Column(DateTime, default=utcnow())
    sql_text = Column(DateTime, default=text("CURRENT_TIMESTAMP"))
    server = Column(DateTime, server_default=func.now(), server_onupdate=func.now())
    both = Column(Integer, default=0, server_default="0")
    fixed = Column(DateTime, default=START)
    number = Column(Integer, default=-1)
    member = Column(String(5), default=Level.low)
    nothing = Column(String(5), default=None)
    token = Column(String(40), default=uuid.uuid4().hex)
    stamp = Column(Float, default=time.time())
    shared_list = Column(JSON, default=[])
    shared_dict = Column(MutableDict.as_mutable(JSON), default=dict())
    fresh_dict = Column(JSON, default=dict)
    lazily = Column(JSON, default=lambda: {"a": 1})
    config = Column(String(5), default=settings.code)
