año = "niño"
class Usuário(Base): pass
def größe(ß): return ß
