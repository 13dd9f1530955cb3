# SPDX-License-Identifier: MIT
# does: hands in an archive that unpacks to a gigabyte
# expect: refused
git init -q -b main repo && cd repo
git config user.name Ana && git config user.email ana@example.org
printf 'x = 1\n' > models.py && git add . && git commit -q -m one
cd .. && mv repo inside && python3 - <<'END'
import zipfile
with zipfile.ZipFile("repo", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("zeros", bytes(1 << 30))
END
