#!/usr/bin/env python
# -*- coding: utf-8 -*-
x = 1  # one
#no space
y = [
    1,  # in a list
]
def f(  # after the bracket
    a,  # a parameter
):  # after the colon
    # only in the body
    return a  #    trimmed
match x:
    # before the case
    case (1 |  # in a pattern
          2): pass
