import enum

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import mysql, postgresql as pg
from sqlalchemy.dialects.postgresql import ARRAY, CITEXT, JSONB, UUID
from sqlalchemy.orm import declarative_base
from sqlalchemy_utils import EmailType, PasswordType

Base = declarative_base()
LONG = 400
BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Mood(enum.Enum):
    HAPPY = "happy"
    SAD = "sad"


class Trimmed(types.TypeDecorator):
    impl = sa.String(70)
    cache_ok = True


class Wide(sa.types.TypeDecorator):
    impl = sa.Unicode


class GUID(types.TypeDecorator):
    impl = sa.CHAR


class Shouting(sa.String):
    pass


class Point(types.UserDefinedType):
    def get_col_spec(self):
        return "POINT"


class Thing(Base):
    __tablename__ = "things"

    id = sa.Column(BigId, primary_key=True)
    small = sa.Column(sa.SmallInteger)
    keyword = sa.Column(sa.String(length=LONG))
    named = sa.Column("named_column", type_=sa.Unicode(8))
    bare = sa.Column(sa.String)
    long = sa.Column(mysql.LONGTEXT)
    price = sa.Column(sa.Numeric(10, 2))
    ratio = sa.Column(sa.Float())
    flags = sa.Column(ARRAY(sa.String))
    data = sa.Column(JSONB)
    mail = sa.Column(CITEXT)
    key = sa.Column(UUID(as_uuid=True))
    search = sa.Column(pg.TSVECTOR)
    mood = sa.Column(sa.Enum(Mood))
    mood_values = sa.Column(sa.Enum(Mood, values_callable=lambda e: [m.value for m in e]))
    state = sa.Column(sa.Enum("draft", "live", name="state"))
    native = sa.Column(pg.ENUM("a", "b", name="ab"))
    at = sa.Column(sa.TIMESTAMP(timezone=True))
    span = sa.Column(sa.Interval)
    photo = sa.Column(sa.LargeBinary)
    trimmed = sa.Column(Trimmed)
    wide = sa.Column(Wide(20))
    guid = sa.Column(GUID())
    loud = sa.Column(Shouting(6))
    place = sa.Column(Point)
    email = sa.Column(EmailType)
    secret = sa.Column(PasswordType(schemes=["pbkdf2_sha512"]))
    mystery = sa.Column(company.Money)
    untyped = sa.Column()
