#!/bin/bash
# SPDX-License-Identifier: MIT
# Holds what assay writes for other tools against their own schemas. Exit 77: a tool or the network is missing.
#
#   validate.sh ASSAY FOLDER    FOLDER keeps what was fetched
set -euo pipefail
assay=$(realpath "${1:?usage: validate.sh ASSAY FOLDER}")
cache=${2:?usage: validate.sh ASSAY FOLDER}
here=$(realpath "$(dirname "$0")")

# The schema of the standard, revision rtm.5, as Microsoft's matchers for it carry it (MIT licence). Pinned by digest, never committed.
package=@microsoft/jest-sarif@1.0.0-beta.0
digest=0357ce84f77a21ce620e4e05f583f0d6a341e1717eefe22f891ef197caf617a433424c7972963d2ec1a4dab1318852047016e3a559d29b058606e9004a4890f4
mkdir -p "$cache"
cd "$cache"
if [ ! -f sarif.json ]; then
  archive=$(npm pack --silent --ignore-scripts "$package") || { echo "not run: npm does not fetch $package"; exit 77; }
  echo "$digest  $archive" | sha512sum --check --quiet
  tar --extract --gzip --to-stdout --file "$archive" package/lib/schemas/sarif-2.1.0-rtm.5.json >sarif.json.part
  mv sarif.json.part sarif.json
  rm -f "$archive"
fi
python3 -c 'import jsonschema' 2>/dev/null || { echo "not run: python3-jsonschema is not installed"; exit 77; }
exec python3 "$here/validate.py" "$assay" "$PWD/sarif.json"
