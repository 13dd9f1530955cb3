#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Checks that every C++ file is written as .clang-format says. Versions of clang-format differ in what they make of it: 14 counts.
#
#   tests/format.sh            lists what differs; 77 where clang-format 14 is not installed (apt-get install clang-format-14)
#   tests/format.sh --fix      rewrites it
set -euo pipefail
cd "$(dirname "$0")/.."
format=(--dry-run --Werror)
case ${1:-} in
'') ;;
--fix) format=(-i) ;;
*)
  echo "usage: tests/format.sh [--fix]" >&2
  exit 2
  ;;
esac
program=$(command -v clang-format-14 || true)
if [ -z "$program" ]; then
  echo "not run: clang-format-14 is not installed"
  exit 77
fi
find engine sandbox tests -name node_modules -prune -o -type f \( -name '*.[ch]pp' -o -name '*.h' \) -print0 |
  xargs -0 -n 40 -P "$(nproc)" "$program" "${format[@]}"
