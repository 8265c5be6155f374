#!/usr/bin/env bash
# Checks a written report with the tools of the trade:
#   the Nu HTML checker: no error, no warning;
#   axe-core in Chromium: no violation, light and dark, 1280 and 320 pixels wide;
#   Chromium under a strict content policy: a silent console;
#   the script of the Explore pages does what it promises;
#   sizes of files, and loading times in Chromium over a blank page's.
# usage: check-pages.sh REPORT [PAGE…]      (pages default to all; axe runs on the kinds of pages)
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
cache="${EXITLENS_TOOLS:-$HOME/.cache/exitlens-tools}"
report="$(cd "$1" && pwd)"
shift
[ -f "$cache/vnu.jar" ] && [ -f "$cache/axe.min.js" ] || {
  echo "check-pages.sh: tools missing in $cache: run $here/setup.sh" >&2
  exit 1
}
browser="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
[ -n "$browser" ] || {
  echo "check-pages.sh: no Chromium on this machine: apt-get install chromium" >&2
  exit 1
}
exec python3 "$here/check_pages.py" "$report" "$cache" "$browser" "$@"
