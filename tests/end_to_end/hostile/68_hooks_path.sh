# SPDX-License-Identifier: MIT
# does: names a folder of hooks
# expect: graded
# trigger: git commit -q --allow-empty -m three
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$CANARY" > ../evil && chmod +x ../evil
mkdir ../hooks && for hook in pre-commit post-checkout reference-transaction post-index-change; do cp ../evil "../hooks/$hook"; done
git config core.hooksPath "$PWD/../hooks"
