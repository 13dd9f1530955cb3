#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Sets everything up, grades the samples and prints their scores.
#
#   samples/demo.sh            all samples
#   samples/demo.sh NAME...    these samples, each with its full report
set -euo pipefail
cd "$(dirname "$0")/.."

tests/setup.sh release assay
assay=build/release/engine/cli/assay

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A sample is a plain file tree; graded is what a candidate would hand in, a git repository.
as_repository() {
  local repository=$work/$1
  cp -r "samples/$1/repo" "$repository"
  git -C "$repository" -c init.defaultBranch=main init --quiet
  git -C "$repository" add --all --force
  git -C "$repository" -c user.name=Candidate -c user.email=candidate@example.org -c commit.gpgsign=false \
    commit --quiet --message "Take-home assignment"
  printf '%s\n' "$repository"
}

# The blog unless rubric.txt names another.
rubric_of() {
  local rubric=sqlalchemy-blog
  [ ! -f "samples/$1/rubric.txt" ] || rubric=$(cat "samples/$1/rubric.txt")
  printf 'rubrics/%s/rubric.yaml\n' "$rubric"
}

if [ $# -gt 0 ]; then
  for name in "$@"; do
    printf '\n== %s\n' "$name"
    "$assay" grade "$(as_repository "$name")" --rubric "$(rubric_of "$name")" --no-cache --no-store
  done
  exit
fi

printf '\n== Grading the samples\n'
for sample in samples/*/repo; do
  name=$(basename "$(dirname "$sample")")
  "$assay" grade "$(as_repository "$name")" --rubric "$(rubric_of "$name")" --no-cache --db "$work/results.sqlite" --output /dev/null
done
"$assay" list --db "$work/results.sqlite"
printf '\nOne of them in full: samples/demo.sh %s\n' "$(basename "$(dirname "$(ls -d samples/*/repo | head -n 1)")")"
