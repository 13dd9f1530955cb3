# SPDX-License-Identifier: MIT
# does: promises objects that a command fetches
# expect: refused
# trigger: git cat-file -p HEAD:models.py
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\nexit 1\n' "$CANARY" > ../evil && chmod +x ../evil
blob=$(git rev-parse HEAD:models.py)
rm -f ".git/objects/$(printf %s "$blob" | cut -c1-2)/$(printf %s "$blob" | cut -c3-)"
git config core.repositoryFormatVersion 1 && git config extensions.partialClone evil
git config remote.evil.url ssh://localhost/evil && git config remote.evil.promisor true
git config core.sshCommand "$PWD/../evil"
