#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Sets everything up and runs every test.
#
#   tests/run.sh               debug build with warnings as errors, all tests
#   tests/run.sh --sanitize    the same under the address and undefined behaviour sanitizers
set -euo pipefail
cd "$(dirname "$0")/.."
preset=ci
case ${1:-} in
'') ;;
--sanitize) preset=asan ;;
*)
  echo "usage: tests/run.sh [--sanitize]" >&2
  exit 2
  ;;
esac

tests/setup.sh "$preset"
printf '\n== Testing (%s)\n' "$preset"
ctest --preset "$preset" --parallel "$(nproc)"
