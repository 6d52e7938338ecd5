# Every command of the project. `make` alone lists them; each installs what it needs first.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Compiled modules are kept: without them a node takes twice as long to start.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell command -v python3.11 || command -v python3)
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
PYTEST_WORKERS ?= 2
# Stories that `make soak` tells; `make test` tells the first 200.
SEEDS ?= 10000
# Below this share of the Python code under test, `make test` fails; `.venv/bin/coverage report` then lists the lines.
COVERAGE_MINIMUM := 90

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
NODE_MODULES := client/node_modules/.installed
DIST := client/dist/index.html
BROWSER := .make/browser
PEERS := .make/peers/.installed
LOAD := .make/load/.installed
CLIENT_SOURCES := $(shell find client/src client/public client/scripts client/index.html client/vite.config.ts \
	client/tsconfig.json client/package.json -type f 2>/dev/null)

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------------------------------------------- running

.PHONY: run
run: $(RUNTIME) $(DIST) ## Run Lockstep with its own PostgreSQL and Valkey (PORT, DATA_DIR)
	@exec $(BIN)/lockstep up

.PHONY: dev
dev: $(RUNTIME) $(NODE_MODULES) ## Serve the client with hot reload on port 5173, in front of `make run`
	@cd client && exec npm run dev

.PHONY: doctor
doctor: $(RUNTIME) ## Check database, schema, Redis, clock and WebSocket of the installation in the environment
	@exec $(BIN)/lockstep doctor

# ---------------------------------------------------------------------------------------------------- proving

.PHONY: test
test: test-python test-client test-browser ## Run every check and every test

.PHONY: test-python
test-python: $(DEV) ## Lint, types, architecture, and pytest on real servers with the coverage gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n $(PYTEST_WORKERS) --dist worksteal --cov --cov-report= --cov-fail-under=$(COVERAGE_MINIMUM)

.PHONY: soak
soak: $(DEV) ## Try 10,000 interleavings of the sync core (SEEDS); a seed that fails is the number in its test's name
	INTERLEAVINGS=$(SEEDS) $(BIN)/pytest -n $(PYTEST_WORKERS) -q tests/realtime/test_interleavings.py

.PHONY: test-client
test-client: $(NODE_MODULES) ## Types, lint and unit tests of the client
	cd client && npm run typecheck && npm run lint && npm test

.PHONY: test-browser
test-browser: $(RUNTIME) $(DIST) $(BROWSER) ## The whole system in a real browser
	cd client && npm run e2e

.PHONY: faults
faults: $(DEV) ## Break nodes, PostgreSQL, Redis and gateways under load, judge by what devices heard (ARGS=--help)
	@$(BIN)/python -m tests.faults $(ARGS)

.PHONY: bench
bench: $(RUNTIME) $(PEERS) $(DIST) $(BROWSER) ## Measure the whole table and the peers; figures, tables and charts go into docs (ARGS)
	@$(BIN)/python -m loadtests.bench --page $(ARGS)

.PHONY: bench-quick
bench-quick: $(RUNTIME) $(PEERS) ## The most telling part of it in under two minutes (ARGS)
	@$(BIN)/python -m loadtests.bench --quick $(ARGS)

.PHONY: load
load: $(RUNTIME) $(LOAD) ## Let 1,000 people loose on a fresh system, with Locust: morning rush, quiet day, reconnect storm (ARGS)
	@$(BIN)/python -m loadtests.load $(ARGS)

.PHONY: screenshots
screenshots: $(RUNTIME) $(DIST) $(BROWSER) ## Picture every screen at 360, 768 and 1440 px, light and dark, into client/screenshots
	cd client && npm run screenshots

.PHONY: audit
audit: $(DEV) $(NODE_MODULES) ## Look the pinned packages up in the public lists of known holes
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.txt
	cd client && npm audit

# ---------------------------------------------------------------------------------------------------- keeping

.PHONY: format
format: $(DEV) $(NODE_MODULES) ## Put the code into its agreed shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	cd client && npm run lint -- --fix

.PHONY: lock
lock: $(DEV) ## Pin the newest versions of everything in requirements*.in, with hashes
	for name in requirements requirements-dev loadtests/requirements-peers loadtests/requirements-load; do \
		$(BIN)/uv pip compile --quiet --no-config --upgrade --python-version 3.11 --generate-hashes --no-strip-extras \
			--no-header --no-annotate "$$name.in" --output-file "$$name.txt"; \
	done

.PHONY: install
install: $(RUNTIME) ## Install the pinned Python packages and the command `lockstep` into .venv

.PHONY: build
build: $(DIST) ## Build the client into client/dist

.PHONY: clean
clean: ## Remove what was built and installed here; keeps DATA_DIR
	rm -rf .venv .make client/node_modules client/dist client/screenshots client/test-results client/playwright-report \
		loadtests/peers/node_modules \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* \
		build lockstep.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------------------------------- set-up

.venv/bin/python:
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@# Debian keeps the part of Python that makes environments in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update; $(SUDO) apt-get install -y python3-venv; }
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing the pinned Python packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing the pinned packages for checks and tests"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(NODE_MODULES): client/package-lock.json client/package.json
	@echo "Installing the pinned packages of the client"
	@cd client && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST): $(NODE_MODULES) $(CLIENT_SOURCES)
	@echo "Building the client"
	@cd client && npx vite build --logLevel warn
	@touch $@

$(PEERS): loadtests/requirements-peers.txt loadtests/peers/package-lock.json | .venv/bin/python
	@echo "Installing the pinned servers that the benchmark measures beside Lockstep"
	@$(BIN)/python -m venv .make/peers
	@.make/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r loadtests/requirements-peers.txt
	@command -v npm >/dev/null && cd loadtests/peers && npm ci --no-audit --no-fund --loglevel=error \
		|| echo "Without Node.js the peers from npm are left out."
	@touch $@

$(LOAD): loadtests/requirements-load.txt | .venv/bin/python
	@echo "Installing the pinned packages of the user journeys"
	@$(BIN)/python -m venv .make/load
	@.make/load/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BROWSER):
	@# The emoji font, because people put emoji in titles, and a screenshot without them shows boxes.
	@command -v chromium >/dev/null && dpkg -s fonts-noto-color-emoji >/dev/null 2>&1 || { \
		$(SUDO) apt-get update -qq; \
		$(SUDO) apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji; }
	@mkdir -p $(@D) && touch $@
