x = 1
y = 0x_FF
z = 3.5e-2j
a = True
b = None
c = ...
d = NotImplemented
