# The commands of Backlot. `make help` lists them; each installs what it needs first.

VENV ?= .venv
PY := $(VENV)/bin/python
# The first Python of the machine that can make an environment; 3.11 and 3.12 have a Redis wheel.
PYTHON ?= $(shell for name in python3.12 python3.11 python3.13 python3.14 python3; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
# What tests and checks measure.
SOURCES := config crew shows catalog rentals pipeline
SERVERS := $(PY) -m config.embedded
NAME ?=
BENCH ?=
SCALE ?=

export BACKLOT_ENV ?= local
export HOST PORT

.DEFAULT_GOAL := help

##@ Run it
.PHONY: up dev seed
up: $(VENV)/.installed ## start everything and serve on http://127.0.0.1:8000 (PORT=, HOST=)
	@$(SERVERS) up
dev: $(VENV)/.installed ## the same, and restart when the source changes
	@$(SERVERS) up --reload
seed: $(VENV)/.installed ## load the demo anew (SCALE= adds so many shots)
	@$(SERVERS) run -- $(PY) manage.py seed_demo $(if $(SCALE),--scale $(SCALE))

##@ Install it
.PHONY: setup install clean fresh-venv
setup: $(VENV)/.tested pre-commit-install ## everything for work on it: the environment, the tools, the commit hooks
install: $(VENV)/.installed ## the environment that runs it
clean: ## remove what builds, tests and tools left; data and environment stay
	rm -rf .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis test-results
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

# Stands for an environment that is missing, or whose Python has gone.
STALE_VENV := $(if $(shell $(PY) -c 'print(1)' 2>/dev/null),,fresh-venv)
fresh-venv:
	@test -n "$(PYTHON)" || { echo "Backlot needs Python 3.11 or newer with venv (Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)."
	@$(PYTHON) -m venv --clear "$(VENV)"
$(VENV)/.installed: requirements.txt requirements-embedded.txt $(STALE_VENV)
	@echo "Installing what Backlot runs on (about a minute)."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-embedded.txt
	@touch $@
$(VENV)/.tested: $(VENV)/.installed requirements-dev.txt requirements-contract.txt
	@echo "Installing what tests and checks need."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-contract.txt
	@touch $@

##@ Test it
.PHONY: test test-watch test-coverage ci-test soak
PYTEST := $(PY) -m pytest -p schemathesis
# Two at a time: most of a test's time is waiting for a browser, a server or the database.
BOTH := -n 2
SKIPS := --no-skips
test: $(VENV)/.tested ## the whole suite
	@$(PYTEST) $(BOTH)
test-watch: $(VENV)/.tested ## the quick suite again after each change
	@$(VENV)/bin/watchfiles --filter python "$(PY) -m pytest -x -q" $(SOURCES)
test-coverage: $(VENV)/.tested ## the whole suite, and which lines it ran (htmlcov/index.html)
	@$(PYTEST) $(BOTH) --cov --cov-report=term --cov-report=html
ci-test: $(VENV)/.tested ## the whole suite; skipped tests and a coverage under 90 % fail it
	@$(PYTEST) $(BOTH) $(SKIPS) --cov --cov-report=term --cov-fail-under=90
soak: $(VENV)/.tested ## races and floods at their full size
	@BACKLOT_SOAK=1 $(PYTEST) -m "race or performance"

##@ Measure it, describe it
.PHONY: bench documents screenshots
documents: $(VENV)/.installed ## write docs/schema.md and docs/postman.json anew
	@$(SERVERS) run -- $(PY) manage.py write_documents
screenshots: $(VENV)/.tested ## draw every screen of a demo of its own into .local/screenshots, and the docs' pictures anew
	@$(PY) -m bench.screenshots
bench: $(VENV)/.installed ## the hot endpoints beside the bare statements (BENCH="--store" keeps the run, BENCH=crew: bookings, library: media, pipeline: jobs, search: notes)
	@BACKLOT_DATA="$${BACKLOT_DATA:-$(CURDIR)/.local/bench}" $(SERVERS) run -- $(PY) -m bench $(BENCH)

##@ Check it
.PHONY: lint format type-check quality pre-commit-install pre-commit-run
lint: $(VENV)/.tested ## form, faults, the map of the apps, templates
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(VENV)/bin/lint-imports --no-logo
	@$(VENV)/bin/djlint templates --check --lint
format: $(VENV)/.tested ## bring source and templates into form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(VENV)/bin/djlint templates --reformat --quiet
type-check: $(VENV)/.tested ## types, and how many functions have them
	@$(PY) -m mypy .
	@$(PY) .ci/typed_functions.py $(SOURCES)
quality: lint type-check ## lint, type-check, and Django's own checks of migrations, deployment and schema
	@$(SERVERS) run -- sh .ci/django_checks $(PY)
pre-commit-install: $(VENV)/.tested ## run the quick checks at each commit
	@$(VENV)/bin/pre-commit install
pre-commit-run: $(VENV)/.tested ## run the commit's checks on all files
	@$(VENV)/bin/pre-commit run --all-files

##@ Its database
.PHONY: migrate migrate-create db-setup db-reset import-pagila
migrate: $(VENV)/.installed ## bring the database up to date
	@$(SERVERS) run -- $(PY) manage.py migrate
migrate-create: $(VENV)/.installed ## write migrations for changed models (NAME=what_changes)
	@$(SERVERS) run -- $(PY) manage.py makemigrations $(if $(NAME),--name $(NAME))
import-pagila: $(VENV)/.installed ## load the public dump of Pagila in place of the demo's films (FILE= another, REPLACE=1 what is there)
	@$(SERVERS) run -- $(PY) manage.py import_pagila $(FILE) $(if $(REPLACE),--replace)
db-setup: $(VENV)/.installed ## make the database, migrate it and load the demo
	@$(SERVERS) run -- $(PY) -m config.embedded.prepare
db-reset: $(VENV)/.installed ## remove the local database and its media, and set it up again
	@$(SERVERS) reset
	@$(SERVERS) run -- $(PY) -m config.embedded.prepare

##@ Its containers
.PHONY: docker-up docker-down docker-logs
docker-up: ## start the containers (copy .env.example to .env first)
	docker compose up --build --detach --wait
docker-down: ## stop the containers; their data stays
	docker compose down
docker-logs: ## follow what the containers say
	docker compose logs --follow

.PHONY: help
help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-20s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
