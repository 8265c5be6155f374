#!/bin/sh
# Shows that a steady training step allocates nothing: the calls of malloc of a run with 60 rounds of steps
# less those of a run with 10 rounds. Usage: Benchmarks/allocations.sh [path of exitlens]
set -eu
exitlens=${1:-.build/release/exitlens}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -O2 -shared -fPIC -o "$folder/count.so" "$(dirname "$0")/count_malloc.c"
count() {
  LD_PRELOAD="$folder/count.so" "$exitlens" bench --architecture "$1" --only "$2" --rounds "$3" --json \
    2>&1 >/dev/null | tail -n 1
}
for architecture in plain residual separable; do
  for case in training-64 training-32; do
    few=$(count "$architecture" "$case" 10)
    many=$(count "$architecture" "$case" 60)
    echo "$architecture, $case: $few calls of malloc with 10 rounds, $many with 60: $((many - few)) more"
  done
done
