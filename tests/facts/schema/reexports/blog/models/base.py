from sqlalchemy import Column as Col
from sqlalchemy import Integer as Int
from sqlalchemy.orm import declarative_base as make_base

Base = make_base()


class Mixin:
    id = Col(Int, primary_key=True)
