class Tag(Base):
    id = 1
<<<<<<< HEAD
    name = Column(String(50))
=======
    name = Column(String(80))
>>>>>>> feature
    color = 2
