a = 'one' "two" r'\three'
b = ('posts'
     # a comment between the parts
     '.id')
c = 'plain ' f'{hole}' ' {braces}'
d = b'a' b'b'
