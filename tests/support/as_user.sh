#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a test program as an ordinary user: root's tests say nothing about what others may do.
set -euo pipefail
if [ "$(id -u)" -ne 0 ]; then
  exec "$@"
fi
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env -u XDG_RUNTIME_DIR HOME=/nonexistent "$@"; }
if ! as_nobody test -x "$1"; then
  echo "not run: an ordinary user cannot reach $1"
  exit 0
fi
as_nobody "$@"
