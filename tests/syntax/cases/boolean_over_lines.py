ok = a and \
    b and c
also = (
    first  # why first
    or second
    # why third
    or third
)
