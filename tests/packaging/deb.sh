#!/bin/bash
# SPDX-License-Identifier: MIT
# Makes the Debian package, installs it in a bare Debian 12, and tries it there. Exit 77: that cannot be done here.
#
#   deb.sh BUILD-FOLDER
set -euo pipefail
build=$(realpath "${1:?usage: deb.sh BUILD-FOLDER}")
source=$(realpath "$(dirname "$0")/../..")
for tool in cpack dpkg-shlibdeps mmdebstrap; do
  command -v "$tool" >/dev/null || { echo "not run: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work" >"$work/cpack.log" || { cat "$work/cpack.log"; exit 1; }
package=$(echo "$work"/assay_*_"$(dpkg --print-architecture)".deb)
test -f "$package"
dpkg-deb --field "$package"
for needed in libgit2 libseccomp libsqlite3 libc6 libtree-sitter; do
  dpkg-deb --field "$package" Depends | grep -q "$needed" || { echo "does not depend on $needed"; exit 1; }
done
if dpkg-deb --contents "$package" | grep -E '__pycache__|/(home|work|root)/'; then
  echo "not for a package"
  exit 1
fi

sample=$source/samples/select-joined/repo
# The first hook tells a host without network or privileges from a package that does not install.
"$source/samples/ci/container/root.sh" "$package" /dev/null \
  --essential-hook="touch '$work/bare'" \
  --customize-hook="copy-in '$source/tests/packaging/installed.sh' '$sample' /tmp" \
  --customize-hook='chroot "$1" sh /tmp/installed.sh /tmp/repo /tmp/record.json' \
  --customize-hook="copy-out /tmp/record.json '$work'" 2>"$work/root.log" || {
  tail -n 30 "$work/root.log"
  test -e "$work/bare" || { echo "not run: mmdebstrap makes no root here"; exit 77; }
  exit 1
}
cat "$work/root.log" | grep -v '^I: ' | tail -n 20

# The installed program says what the built one says.
HOME=$work "$build/engine/cli/assay" grade "$sample" --no-run --no-store --format json --output "$work/built.json"
said() { sed -e '/"timings"/,/}/d' -e '/"graded_at"/d' -e '/"source"/d' "$1"; }
diff <(said "$work/built.json") <(said "$work/record.json")
echo "installed and tried: $(basename "$package")"
