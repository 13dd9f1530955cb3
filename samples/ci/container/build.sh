#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the image of the Dockerfile beside it from nothing: mmdebstrap makes the root, buildah the image. No base image is pulled.
#
#   build.sh PACKAGE IMAGE [RUNTIMES]    RUNTIMES: a folder of runtimes to take along instead of installing one
set -eu
usage='usage: build.sh PACKAGE IMAGE [RUNTIMES]'
package=${1:?$usage}
image=${2:?$usage}
runtimes=${3:-}
here=$(dirname "$0")
work=$(mktemp -d)
container=
finish() {
  [ -z "$container" ] || buildah rm "$container" >/dev/null
  rm -rf "$work"
}
trap finish EXIT

if [ -n "$runtimes" ]; then
  runtime="copy-in '$(realpath "$runtimes")/sqlalchemy-2.0' /var/lib/assay/runtimes"
else
  runtime='chroot "$1" assay runtime install sqlalchemy-2.0'
fi
"$here/root.sh" "$package" "$work/root.tar" --include=ca-certificates,debian-archive-keyring,mmdebstrap \
  --customize-hook='mkdir -p "$1/var/lib/assay/runtimes"' --customize-hook="$runtime"

container=$(buildah from scratch)
buildah add "$container" "$work/root.tar" / >/dev/null
buildah config --env ASSAY_RUNTIMES=/var/lib/assay/runtimes --workingdir /submission --entrypoint '["assay"]' --cmd doctor "$container"
buildah commit --quiet "$container" "$image"
