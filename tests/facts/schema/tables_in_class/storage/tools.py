import sqlalchemy as sa


def Table(*args, **kwargs):
    kwargs.setdefault("mysql_charset", "utf8mb4")
    return sa.Table(*args, **kwargs)
