# SPDX-License-Identifier: MIT
# does: borrows the objects of another repository
# expect: refused
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
git init -q ../other && printf '%s\n' "$PWD/../other/.git/objects" > .git/objects/info/alternates
