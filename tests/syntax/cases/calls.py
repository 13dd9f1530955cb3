f()
session.query(Post).filter(Post.id == 1).all()
relationship("Post", back_populates="author", lazy='selectin',)
f(*args, key=1, **options)
f(*a.b(), *c[0], *d or e)
f(x for x in y)
print("text", file=stderr)
f(a)(b)[c].d
