# SPDX-License-Identifier: MIT
# does: has a submodule whose name and path lead out
# expect: graded
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
printf '[submodule "../../evil"]\n\tpath = ../evil\n\turl = file:///etc\n' > .gitmodules
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),sub" && git add .gitmodules && git commit -q -m two
