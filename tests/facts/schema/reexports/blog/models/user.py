import sqlalchemy as sa

from blog import models


class User(models.Mixin, models.Base):
    __tablename__ = "users"
    name = sa.Column(sa.String(20))
