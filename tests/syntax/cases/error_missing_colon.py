class User(Base)
    id = 1

    def name(self)
        return 1
for x in y
    z
if a
    b
else:
    c
