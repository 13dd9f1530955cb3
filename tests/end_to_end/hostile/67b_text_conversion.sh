# SPDX-License-Identifier: MIT
# does: has a text conversion
# expect: graded
# trigger: git show HEAD
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$CANARY" > ../evil && chmod +x ../evil
printf '*.py diff=evil\n' > .gitattributes
printf 'x = 2\n' > models.py && git add . && git commit -q -m two
git config diff.evil.textconv "$PWD/../evil"
