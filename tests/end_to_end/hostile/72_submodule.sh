# SPDX-License-Identifier: MIT
# does: has a submodule whose address is a command
# expect: graded
# trigger: git -c protocol.ext.allow=always submodule update --init
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '#!/bin/sh\ntouch "%s"\nexit 1\n' "$CANARY" > ../evil && chmod +x ../evil
printf '[submodule "sub"]\n\tpath = sub\n\turl = ext::%s\n' "$PWD/../evil" > .gitmodules
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),sub" && git add .gitmodules && git commit -q -m two
git config submodule.sub.url "ext::$PWD/../evil"
