class User(Base):
    id = Column(Integer, primary_key=True)

    def broken(self):
        x = = 3
        return x

    name = Column(String)

class Post(Base):
    title = Column(String)
