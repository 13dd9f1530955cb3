a ^ b & c
a & b ^ c
a ^ b & c ^ d
a & b ^ c & d & e
(a ^ b) & c
a & (b ^ c)
a & (b ^ (c & d)) ^ e
a | b ^ c & d
a + 1 & b << 2 ^ ~c
f(*a & b ^ c)
a ^ (
    b
    & c  # comment
) & d
