def f(type, match, print=1): return type(match)
x.type = x.match.print
f(type=1, match=2, print=3)
class Item:
    type = Column(String)
    match = relationship("Match")
async_ = session.exec(select(type))
_ = case
