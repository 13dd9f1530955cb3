'''Module's own.'''
def a():
    'a' " doc"
def b():
    x = "not a docstring"
def c():
    f"neither {x}"
class D:
    # a comment may come first
    r'''Raw \n.'''
