# SPDX-License-Identifier: MIT
# does: asks git for a file system monitor
# expect: graded
# trigger: git status
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$CANARY" > ../evil && chmod +x ../evil
git config core.fsmonitor "$PWD/../evil"
