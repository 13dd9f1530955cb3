# SPDX-License-Identifier: MIT
# does: has an external diff
# expect: graded
# trigger: git diff HEAD~1
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$CANARY" > ../evil && chmod +x ../evil
printf 'x = 2\n' > models.py && git commit -q -a -m two
git config diff.external "$PWD/../evil"
