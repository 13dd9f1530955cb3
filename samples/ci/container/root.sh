#!/bin/sh
# SPDX-License-Identifier: MIT
# A bare Debian 12 with assay in it, as an archive. Needs mmdebstrap, no image of anybody's.
#
#   root.sh PACKAGE ARCHIVE [MMDEBSTRAP-OPTION...]    PACKAGE as `cpack -G DEB` makes it; ARCHIVE may be /dev/null
set -eu
package=$(realpath "${1:?usage: root.sh PACKAGE ARCHIVE [MMDEBSTRAP-OPTION...]}")
archive=${2:?usage: root.sh PACKAGE ARCHIVE [MMDEBSTRAP-OPTION...]}
shift 2

# Sources and proxies are those of this host, where it is a Debian 12 itself.
sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
  grep -E ' bookworm(-updates|-security)? main$' || true)
options=$(apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https)::Proxy ' || true)

printf '%s\n' "$sources" | mmdebstrap --variant=minbase --format=tar ${options:+--aptopt="$options"} \
  --customize-hook="copy-in '$package' /tmp" \
  --customize-hook='chroot "$1" sh -c "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/assay_*.deb"' \
  --customize-hook='rm -f "$1"/tmp/assay_*.deb' \
  "$@" \
  --customize-hook='rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"' \
  bookworm "$archive" ${sources:+-}
