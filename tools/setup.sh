#!/usr/bin/env bash
# Installs what is missing to build (setup.sh build), to test (setup.sh test) or to compare (setup.sh peers) ExitLens
# on Debian 12.
# Quick and silent when everything is there.
set -euo pipefail

here="$(cd "$(dirname "$0")/.." && pwd)"
mode="${1:-build}"

# package: a file that it brings, so that a look costs nothing and no package database is needed.
build_packages=(
  "libopenblas0-pthread:/usr/lib/*/openblas-pthread/libopenblas.so.0"
  "libpng-dev:/usr/include/png.h"
  "libturbojpeg0-dev:/usr/include/turbojpeg.h"
  "libcairo2-dev:/usr/include/cairo/cairo.h"
  "libfreetype-dev:/usr/include/freetype2/ft2build.h"
  "libssl-dev:/usr/include/openssl/evp.h"
  "zlib1g-dev:/usr/include/zlib.h"
  "libzip-dev:/usr/include/zip.h"
  "fonts-liberation:/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
)
test_packages=(
  "chromium:/usr/bin/chromium"
  "poppler-utils:/usr/bin/pdffonts"
  "default-jre-headless:/usr/bin/java"
  "gcc:/usr/bin/gcc"
  "python3:/usr/bin/python3"
  "python3-pip:/usr/bin/pip3"
)
peer_packages=(
  "python3-venv:/usr/lib/python3*/ensurepip/__init__.py"
)

packages=("${build_packages[@]}")
if [ "$mode" = test ]; then packages+=("${test_packages[@]}"); fi
if [ "$mode" = peers ]; then packages+=("${peer_packages[@]}"); fi

missing=()
for entry in "${packages[@]}"; do
  # The file name may hold a pattern for the machine's architecture.
  if ! compgen -G "${entry#*:}" >/dev/null; then missing+=("${entry%%:*}"); fi
done

if [ "${#missing[@]}" -gt 0 ]; then
  echo "setup: installing ${missing[*]} (Debian packages)"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "setup: not root and no sudo; as root run: apt-get install ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  log="$(mktemp)"
  trap 'rm -f "$log"' EXIT
  if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup: apt-get failed; install by hand: ${missing[*]}" >&2
    exit 1
  fi
fi

if ! command -v swift >/dev/null; then
  echo "setup: Swift 6 is needed; get it from https://swift.org/install" >&2
  exit 1
fi

if [ "$mode" = test ]; then "$here/Tests/ReportTests/Tools/setup.sh"; fi
