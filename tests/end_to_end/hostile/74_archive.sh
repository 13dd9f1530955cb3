# SPDX-License-Identifier: MIT
# does: hands in an archive with names that lead out
# expect: refused
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
cd .. && mv repo inside && python3 - <<'END'
import zipfile
with zipfile.ZipFile("repo", "w") as archive:
    archive.writestr("../../escaped.py", "x = 1")
    archive.writestr("/tmp/escaped.py", "x = 1")
END
