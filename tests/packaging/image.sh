#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds the container image from nothing, starts it without a daemon, and grades in it. Exit 77: that cannot be done here.
#
#   image.sh BUILD-FOLDER
set -euo pipefail
build=$(realpath "${1:?usage: image.sh BUILD-FOLDER}")
source=$(realpath "$(dirname "$0")/../..")
for tool in cpack dpkg-shlibdeps mmdebstrap buildah; do
  command -v "$tool" >/dev/null || { echo "not run: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
printf '[storage]\ndriver = "overlay"\ngraphroot = "%s"\nrunroot = "%s"\n' "$work/images" "$work/run" >"$work/storage.conf"
export CONTAINERS_STORAGE_CONF=$work/storage.conf
trap 'buildah rm --all >/dev/null 2>&1; buildah rmi --all --force >/dev/null 2>&1; rm -rf "$work"' EXIT
buildah from scratch >/dev/null 2>"$work/log" || { tail -n 1 "$work/log"; echo "not run: buildah keeps no images here"; exit 77; }

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/package" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
# A runtime that this host has need not be made again.
runtimes=${ASSAY_RUNTIMES:-/var/lib/assay/runtimes}
[ -e "$runtimes/sqlalchemy-2.0/manifest" ] || runtimes=
"$source/samples/ci/container/build.sh" "$work"/package/assay_*.deb assay-test $runtimes >"$work/log" 2>&1 || {
  tail -n 30 "$work/log"
  exit 1
}

sample=$source/samples/classic-single-file/repo
point() { grep -m 1 '"point"' "$1"; }
HOME=$work "$build/engine/cli/assay" grade "$sample" --no-store --format json --output "$work/here.json"
started=0
for how in "--isolation chroot" "--isolation oci --runtime runc" "--isolation oci --runtime crun"; do
  container=$(buildah from assay-test)
  # shellcheck disable=SC2086 # several words
  if buildah run $how "$container" -- assay --version >/dev/null 2>"$work/log"; then
    level=$(buildah run $how "$container" -- assay doctor | tee "$work/doctor" | grep -o 'Isolation level L[0-3]' || true)
    echo "$how: $level"
    [ -n "$level" ] && [ "$level" != "Isolation level L0" ] || { cat "$work/doctor"; exit 1; }
    buildah run $how --volume "$sample:/submission:ro" "$container" -- \
      assay grade /submission --no-store --format json >"$work/there.json"
    diff <(point "$work/here.json") <(point "$work/there.json")
    started=$((started + 1))
  else
    echo "$how: not run: $(tail -n 1 "$work/log")"
  fi
  buildah rm "$container" >/dev/null
done
[ "$started" -gt 0 ] || { echo "not run: nothing here starts a container"; exit 77; }
