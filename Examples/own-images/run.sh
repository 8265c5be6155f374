#!/bin/sh
# A folder of images, a class a folder: train a baseline and a guided network on it, and write the report.
#
#     Examples/own-images/run.sh [IMAGES [WORK]]
#
# IMAGES holds CLASS/FILE.png or .jpg. Without it, a small set is drawn by draw_images.py: squares and crosses.
# WORK (default: a folder beside this script) takes the runs and the report. Small settings, so that it takes a minute;
# leave --size, --epochs and --step-size out for your own work.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exitlens=${EXITLENS:-$here/../../.build/release/exitlens}
work=${2:-$here/out}
images=${1:-$work/images}
mkdir -p "$work"
[ -d "$images" ] || python3 "$here/draw_images.py" "$images"
"$exitlens" audit "$images" --out "$work/report" --size 16 --epochs 4 --step-size 2
echo "Open $work/report/index.html"
