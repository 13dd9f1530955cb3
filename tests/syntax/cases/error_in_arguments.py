a = Column(Integer nullable=False)
b = f(1,, 2)
c = {1: 2, 3}
d = [1 2]
e = 5
