# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# The development settings; production sets its own environment (docs/operating.md).
export TWOSKILLS_ENV ?= development
# Every process that a test starts would read all the sources anew: half of what starting one takes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-sqlite test-postgres check lint types imports migrations translations messages openapi openapi-write lock benchmark clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

run: .venv/run-stamp ## everything a first look needs, then the site on http://127.0.0.1:8000
	@$(BIN)/python manage.py start

test: test-sqlite test-postgres ## every test, on SQLite and on PostgreSQL

test-sqlite: .venv/test-stamp .venv-interop/stamp
	$(BIN)/python manage.py compile_translations
	$(BIN)/pytest -n auto --dist worksteal

test-postgres: .venv/test-stamp
	$(BIN)/python manage.py compile_translations
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n auto --dist worksteal --database-tests

check: lint types imports migrations translations openapi ## what CI checks besides the tests

lint: .venv/test-stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/test-stamp
	$(BIN)/mypy

imports: .venv/test-stamp
	$(BIN)/lint-imports

migrations: .venv/test-stamp
	$(BIN)/python manage.py makemigrations --check --dry-run

translations: .venv/test-stamp
	$(BIN)/python manage.py check_translations

messages: .venv/test-stamp ## collect new texts into the catalogues (needs GNU gettext), make zh-Hant from zh-Hans
	$(BIN)/python manage.py update_translations

openapi: .venv/test-stamp
	$(BIN)/python manage.py export_openapi_schema --api registry.api.api --indent 1 --sorted | diff - docs/reference/openapi.json \
		|| (echo "The API changed: run 'make openapi-write' and read the difference."; exit 1)

openapi-write: .venv/test-stamp ## take the API as it is now into docs/reference/openapi.json
	$(BIN)/python manage.py export_openapi_schema --api registry.api.api --indent 1 --sorted > docs/reference/openapi.json

lock: .venv/test-stamp ## pin every dependency with hashes after pyproject.toml changed
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-dev.txt
	$(BIN)/uv pip compile --group interop --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-interop.txt

benchmark: .venv/test-stamp .venv-interop/stamp ## certificates a second beside other libraries, about four minutes (benchmarks/README.md)
	$(BIN)/python benchmarks/issue.py

clean: ## remove the environments; the database and keys in var/ stay
	rm -rf .venv .venv-interop

.venv/run-stamp: requirements.txt
	@echo "Installing the packages of requirements.txt into .venv (about half a minute, once)..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test-stamp: requirements-dev.txt
	@echo "Installing the packages of requirements-dev.txt into .venv..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run-stamp

# Verifiers we did not write: Python packages, and by their Node the npm packages (no install script is run).
.venv-interop/stamp: requirements-interop.txt tests/interop/package.json tests/interop/package-lock.json tests/interop/.npmrc
	@echo "Installing the verifiers of tests/interop into .venv-interop (about half a minute, once)..."
	@test -x .venv-interop/bin/python || $(PYTHON) -m venv .venv-interop
	@.venv-interop/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-interop.txt
	@mkdir -p .venv-interop/npm
	@cp tests/interop/package.json tests/interop/package-lock.json tests/interop/.npmrc .venv-interop/npm/
	@cd .venv-interop/npm && PATH="$(CURDIR)/.venv-interop/bin:$$PATH" npm ci --silent
	@touch $@
