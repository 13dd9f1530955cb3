# SPDX-License-Identifier: MIT
# does: has a tree of trees that grows without end
# expect: refused
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
tree=$(git write-tree)
for _ in $(seq 12); do
  tree=$(for entry in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\tt%s\n' "$tree" "$entry"; done | git mktree)
done
git update-ref refs/heads/main "$(git commit-tree "$tree" -m bomb)"
