# SPDX-License-Identifier: MIT
# does: has names that collide on other systems, and long ones
# expect: graded
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
for name in readme.md README.md models.PY "$(printf 'a%.0s' $(seq 200)).py" 'new
line.py' 'aux.py'; do printf 'x = 1\n' > "$name"; done
git add -A && git commit -q -m two
