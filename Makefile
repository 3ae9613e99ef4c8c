# make serve   the environment, the model, the index, then the page on 127.0.0.1:7860
# make test    the same set-up, then the whole suite, real model, real Chroma, real browser
# make test-long  the tests that make test leaves out because they take long
# make lint    ruff and mypy
# make pictures  the pictures of the README, taken anew
# make clean   removes everything that the commands above have made, and nothing else
#
# The first run takes minutes, every later one seconds. All of it is made again by itself when
# a lock or pyproject.toml has changed.

# The locked torch wheel is made for 3.11, so that one is preferred.
PYTHON ?= $(shell for python in python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
HOST ?= 127.0.0.1
PORT ?= 7860
# Arguments for pytest: make test ARGS="tests/sources -x"
ARGS ?=
# Most processes that share the tests, one a core; each takes about 1 GB.
JOBS ?= 4

BIN := .venv/bin
READY := .venv/ready
PIP := $(BIN)/python -m pip --disable-pip-version-check
CODE := assistant evals index sources ui tests

.DEFAULT_GOAL := help
.PHONY: help serve test test-long lint format lock browser pictures clean

help:
	@sed -n '1,/^$$/{s/^# \{0,1\}//p}' Makefile

serve: $(READY)
	@exec $(BIN)/dayek serve --host $(HOST) --port $(PORT)

test: $(READY) browser
	@$(BIN)/dayek index build $${DAYEK_TEST_HOME:+--home "$$DAYEK_TEST_HOME"}
	$(BIN)/python -m pytest -n auto --maxprocesses $(JOBS) --dist loadfile $(ARGS)

test-long:
	@$(MAKE) --no-print-directory test ARGS="-m long $(ARGS)"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment: exactly the lock, then ourselves on top without looking for anything more.
$(READY): requirements.lock requirements-nodeps.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or name it with make PYTHON=..." >&2; exit 2; }
	@echo "Setting up .venv: about 160 packages, a few minutes the first time."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install -qq --requirement requirements.lock
	@$(PIP) install -qq --no-deps --requirement requirements-nodeps.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# A clean resolve of pyproject.toml, written down. `+cpu` is how torch names its build, not a
# version that every index knows.
lock:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or name it with make PYTHON=..." >&2; exit 2; }
	@set -e; fresh=$$(mktemp -d); trap 'rm -rf "$$fresh"' EXIT; \
	$(PYTHON) -m venv "$$fresh"; \
	"$$fresh/bin/python" -m pip install -qq --upgrade pip; \
	"$$fresh/bin/python" -m pip install -qq --editable '.[dev]'; \
	{ sed -n '/^#/p' requirements.lock; \
	  "$$fresh/bin/python" -m pip freeze --all --exclude dayek | sed 's/+cpu$$//'; } > "$$fresh/lock"; \
	cp "$$fresh/lock" requirements.lock; \
	echo "requirements.lock: $$(grep -c == requirements.lock) packages"

# Debian's chromium, and the nginx that the recipe is for, for the browser tests, where we may
# install them; without one its tests are skipped and say so.
browser:
	@missing=; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing=chromium; \
	PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$$missing nginx-light"; \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then as=none; \
	  elif [ "$$(id -u)" = 0 ]; then as=; \
	  elif sudo -n true 2>/dev/null; then as="sudo -n"; \
	  else as=none; fi; \
	  if [ "$$as" = none ]; then \
	    echo "Not here, and not to be installed from here: $$missing. Tests that need it will be skipped." >&2; \
	  else \
	    echo "Installing for the browser tests: $$missing"; \
	    { $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq $$missing; } >/dev/null </dev/null \
	    || echo "Installing failed: tests that need $$missing will be skipped." >&2; \
	  fi; \
	fi

pictures: $(READY) browser
	@$(BIN)/dayek index build
	$(BIN)/python -W ignore -m tests.pictures

clean:
	rm -rf .venv .dayek build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
