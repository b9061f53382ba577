# Everything runs in .venv, made from plain Python 3.11 or later. `make` lists the targets.
PYTHON ?= python3
# What the tests of the page drive: Debian's Chromium, its shell without windows where it is there, for that one
# opens a page in half the time.
CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium-headless-shell) /usr/bin/chromium)
export CHROMIUM
BIN := .venv/bin
LEFT_OUT := slow or gpu or needs_more
# A process per core; the tests of a file stay together, for they share servers. In their order, for by the number
# of its tests a file of two that take a minute would come last, with one process left to run it.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
SOURCES := src tests tools benchmarks conftest.py

# Only what is written on make's command line counts: shells and tools export HOST for their own ends.
given = $(if $(findstring command line,$(origin $(1))),--$(2) '$($(1))')
SERVE_FLAGS = $(call given,HOST,host) $(call given,PORT,port) $(call given,ENGINE,engine)

# pip hands this on to the build of the package itself, which -c does not.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install serve install-dev test check bench gallery docs test-all needs-chromium
.DEFAULT_GOAL := help

help:
	@echo 'make serve        set everything up and serve on 127.0.0.1:8000 (HOST=, PORT=, ENGINE= change it)'
	@echo 'make install      only set up what serving needs, in .venv'
	@echo 'make test         set up and run the tests'
	@echo 'make check        lint, format, types, which way imports point, and the links of the documentation'
	@echo 'make bench        every benchmark; each prints its figure beside a peer or a limit'
	@echo 'make docs         the documentation as a site, in build/site'
	@echo 'make gallery      draw the contact sheets of docs/gallery again'
	@echo 'make test-all     make test, then the tests that it leaves out'

install: .venv/installed
serve: install
	@$(BIN)/limner serve $(SERVE_FLAGS)

install-dev: .venv/installed-dev

test: install-dev
	$(BIN)/python -m pytest -m 'not ($(LEFT_OUT))' $(SPREAD) $(PYTEST_FLAGS)

check: install-dev docs
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy src tests
	$(BIN)/python -m pytest -q tests/test_architecture.py

# Fails for a page or an anchor that a link leads to and that is not there.
docs: install-dev
	$(BIN)/zensical build --strict --clean

bench: install-dev
	@for claim in benchmarks/[a-z]*.py; do \
	    echo "== $$claim"; $(BIN)/python $$claim $(BENCH_FLAGS) || failed="$$failed $$claim"; \
	done; test -z "$$failed" || { echo "missed their limit:$$failed"; exit 1; }

gallery: install-dev
	$(BIN)/python tools/build_gallery.py

# What make test left out, and only that: it has just run.
test-all: needs-chromium test .venv/installed-node .venv/installed-diffusers
	$(BIN)/python -m pytest -m '$(LEFT_OUT)' --no-skips $(SPREAD) $(PYTEST_FLAGS)

needs-chromium:
	@test -x '$(CHROMIUM)' || { echo 'make test-all needs Chromium, and there is no $(CHROMIUM): Debian has it as' \
	    'chromium-headless-shell and chromium; CHROMIUM=/path/to/it names another one.'; exit 1; }

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'Limner needs Python 3.11 or later; PYTHON=/path/to/python3 names another one.'; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

# What runs open models; only make test-all needs it. torch comes first, alone and in one version, so that pip
# takes a file for the CPU where it has one: a range would bring gigabytes for GPUs.
.venv/installed-diffusers: .venv/installed-dev
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[diffusers,diffusers-fp8]'
	@touch $@

# Servers that some tests start; they take Node, and only make test-all needs them.
.venv/installed-node: tests/node/package.json tests/node/package-lock.json | .venv/bin/python
	mkdir -p .venv/node
	cp $^ .venv/node
	npm ci --prefix .venv/node --ignore-scripts --no-audit --no-fund --silent
	@touch $@
