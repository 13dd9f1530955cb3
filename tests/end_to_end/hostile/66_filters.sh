# SPDX-License-Identifier: MIT
# does: has content filters
# expect: graded
# trigger: rm models.py; git checkout models.py
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$CANARY" > ../evil && chmod +x ../evil
printf '*.py filter=evil\n' > .gitattributes
git add . && git commit -q -m two
git config filter.evil.smudge "$PWD/../evil" && git config filter.evil.clean "$PWD/../evil"
