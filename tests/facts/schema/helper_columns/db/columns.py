from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, func


def pk():
    return Column(Integer, primary_key=True)


def required(type_, **options):
    return Column(type_, nullable=False, **options)


def fk(target, nullable=False):
    return Column(Integer, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=True)


def text(length=100, unique=False):
    if unique:
        return Column(String(length), unique=True, nullable=False)
    return Column(String(length), unique=unique, nullable=False)


created = lambda: Column(DateTime, default=func.now())
