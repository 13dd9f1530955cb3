a = 'single'
b = "it's"
c = 'tab\tnewline\nquote\'backslash\\'
d = '\x41\u00e9\U0001F600\101\0'
e = r'raw \n stays'
f = b'bytes \xff \u0041'
g = '\N{BULLET} \q'
h = """three
lines"""
i = 'joined \
line'
j = '\ud800'
k = u'old'
