# Two commands do everything on a bare Debian 12 with Swift:
#   make report   installs what is missing, builds, trains baseline and EGT, writes reports/radar/
#   make test     installs what is missing, builds, checks the format, runs every test

SWIFT  ?= swift
EPOCHS ?= 10
STEP   ?= 3
BIN     = .build/release/exitlens

# For bench-peers: where PyTorch and the others are installed, which Markdown file takes the table,
# and further options of peers.py.
VENV   ?= $(HOME)/.cache/exitlens-bench-venv
ROUNDS ?= 5
TABLE  ?=
PEERS  ?=
# Options of scale.py.
SCALE  ?=

# For install: bin/exitlens and share/exitlens below it.
PREFIX ?= /usr/local

.PHONY: help report sample sample-recordings test build install lint format setup setup-test setup-peers check-report \
  bench-peers bench-scale clean

help:
	@sed -n '1,4s/^# \{0,1\}//p' Makefile
	@echo "Others: make sample, build, install PREFIX=…, lint, format, check-report, bench-peers, bench-scale, clean."
	@echo "make report EPOCHS=50 STEP=15 is the protocol of the paper."

report: build
	$(BIN) audit radar --epochs $(EPOCHS) --step-size $(STEP) --out reports/radar \
	  --runs reports/radar-runs/$(EPOCHS)-epochs-step-$(STEP)
	@echo "Open reports/radar/index.html in a browser."

# The committed report reports/sample, from the committed recordings; a test checks that it gives the same bytes.
sample: build
	$(BIN) report --baseline reports/sample-recordings/baseline --egt reports/sample-recordings/egt \
	  --out reports/sample --title "Sample: simulated radar gestures" --gallery 6 --figure-format none

# Where those recordings come from. Trained weights depend on the machine, so this is for when the format changes.
sample-recordings: build
	set -e; for arm in baseline:0 egt:0.3; do name=$${arm%%:*}; \
	  $(BIN) train radar --size 32 --test-count 48 --epochs 10 --step-size 3 --lambda $${arm##*:} \
	    --out reports/sample-runs/$$name; \
	  $(BIN) record reports/sample-runs/$$name radar --out reports/sample-recordings/$$name \
	    --faithfulness --faithfulness-samples 24; done

test: setup-test lint
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

# One build for both: the tests run what users run.
build: setup
	$(SWIFT) build -c release --product exitlens
	$(SWIFT) build -c release --product exitlens-bench

# The program needs Swift's runtime libraries and the Debian packages of setup.sh where it runs.
install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/exitlens/templates"
	install -m 755 $(BIN) $(BIN)-bench "$(DESTDIR)$(PREFIX)/bin/"
	install -m 644 templates/* "$(DESTDIR)$(PREFIX)/share/exitlens/templates/"
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/exitlens and its templates; the font is Debian's fonts-liberation."

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Examples

setup:
	@tools/setup.sh build

setup-test:
	@tools/setup.sh test

setup-peers:
	@tools/setup.sh peers

# The real judges of HTML on a report: Nu checker, axe-core, a strict content policy, sizes, loading times.
check-report: setup-test
	Tests/ReportTests/Tools/check-pages.sh reports/radar

# Time and memory of the analysis and of the report for 1,000 to 50,000 samples. NumPy is all it needs.
bench-scale: build
	python3 -c "import numpy" 2>/dev/null || { echo "bench-scale: python3 lacks NumPy (Debian: python3-numpy)" >&2; exit 1; }
	python3 Benchmarks/scale.py --exitlens $(BIN) $(if $(TABLE),--write $(TABLE)) $(SCALE)

# ExitLens beside PyTorch, ONNX Runtime, OpenVINO, matplotlib and Pillow. The copy of requirements.txt says what is installed.
bench-peers: build setup-peers
	@test -x $(VENV)/bin/python || python3 -m venv $(VENV)
	@cmp -s Benchmarks/requirements.txt $(VENV)/exitlens-requirements.txt || \
	  { echo "bench-peers: installing Benchmarks/requirements.txt into $(VENV)" && \
	    $(VENV)/bin/python -m pip install --quiet --requirement Benchmarks/requirements.txt && \
	    cp Benchmarks/requirements.txt $(VENV)/exitlens-requirements.txt; }
	$(VENV)/bin/python Benchmarks/peers.py --exitlens $(BIN) --rounds $(ROUNDS) \
	  --command "make bench-peers ROUNDS=$(ROUNDS)$(if $(PEERS), PEERS='$(PEERS)')" $(if $(TABLE),--write $(TABLE)) $(PEERS)

clean:
	rm -rf .build
