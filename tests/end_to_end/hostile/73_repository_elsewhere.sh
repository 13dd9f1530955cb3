# SPDX-License-Identifier: MIT
# does: is a file that names a repository elsewhere
# expect: refused
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
mv .git ../elsewhere && printf 'gitdir: %s\n' "$PWD/../elsewhere" > .git
