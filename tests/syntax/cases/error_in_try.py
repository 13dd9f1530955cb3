try:
    a = = 1
    b = 2
except ValueError as error:
    c = 3
except (:
    d = 4
else:
    e = 5
finally:
    f = 6
