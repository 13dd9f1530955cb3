#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds assay and installs its first runtime. Used by samples/demo.sh and tests/run.sh; running it again is cheap.
#
#   tests/setup.sh PRESET [TARGET...]      a preset of CMakePresets.json: dev, ci, release, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:?usage: tests/setup.sh PRESET [TARGET...]}
shift

say() { printf '\n== %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "setup: this needs root: $* (run it as root, or install sudo)" >&2
    exit 1
  fi
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
while read -r package; do
  case $package in '' | '#'*) continue ;; esac
  installed "$package" || missing+=("$package")
done <tests/packages.txt
# npm fetches the Python grammar. An npm from elsewhere than Debian serves as well.
command -v npm >/dev/null || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
else
  say "All packages are there"
fi

say "Configuring ($preset)"
cmake --preset "$preset" --log-level=NOTICE

say "Building ($preset)"
cmake --build --preset "$preset" ${1:+--target "$@"}

assay=build/$preset/engine/cli/assay
if [ -x "$assay" ]; then
  say "Installing the runtime that candidates' code runs in"
  "$assay" runtime install sqlalchemy-2.0
fi
