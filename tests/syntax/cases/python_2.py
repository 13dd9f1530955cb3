print "hello", name
print x
exec "code"
a = 1
try:
    pass
except IOError, error:
    raise ValueError, "x"
if a <> 1:
    print "nested"
b = 2
