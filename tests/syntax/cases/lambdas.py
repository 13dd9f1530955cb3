a = lambda: 0
b = lambda x, y=1, *args, z, **rest: x
c = lambda: User.posts
