#!/bin/sh
# SPDX-License-Identifier: MIT
# Run inside a root in which assay was installed: what its package must bring along.
#
#   installed.sh SAMPLE RECORD    grades the folder SAMPLE without executing it
set -eu
sample=$1
record=$2
export HOME=/tmp/home
mkdir -p "$HOME"

assay --version
for rubric in sqlalchemy-blog students-courses; do
  assay rubric check "$rubric"
done
assay runtime list | grep sqlalchemy-2.0
for file in libexec/assay/assay-broker share/assay/harness/zygote.py share/assay/harness/libabox.so \
  share/doc/assay/copyright share/doc/assay/README.md share/doc/assay/docs/cli.md; do
  test -f "/usr/$file" || { echo "missing: /usr/$file"; exit 1; }
done
assay grade "$sample" --no-run --no-store --format json --output "$record"
