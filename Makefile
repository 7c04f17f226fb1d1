# Two commands: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?=
DATA_OPTION = $(if $(DATA),--data "$(DATA)")
INSTALL := $(BIN)/python requirements/install.py

.PHONY: run test demo setup setup-dev lint check clean

run: setup
	@$(BIN)/refrain $(DATA_OPTION) serve $(if $(MUSIC),--music "$(MUSIC)",--demo)

demo: setup
	@$(BIN)/refrain $(DATA_OPTION) demo

setup: $(VENV)/.run-installed $(VENV)/.models-fetched

setup-dev: $(VENV)/.dev-installed $(VENV)/.models-fetched

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Refrain needs Python 3.11 or newer; found $$($(PYTHON) --version). Set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Could not make a virtual environment. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/.run-installed: $(BIN)/python requirements/run.lock requirements/hearing.lock pyproject.toml
	@echo "Installing Refrain into $(VENV) (once, a minute or two)"
	@$(INSTALL) requirements/run.lock
	@$(INSTALL) requirements/hearing.lock speech is not understood, everything typed works.
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Says what each is, its size, licence and source. They are kept outside of the environment, once for
# all installations of a user; without them nobody can talk, and everything typed works.
$(VENV)/.models-fetched: $(VENV)/.run-installed models.lock.json
	@echo "Fetching the models that hear speech and music, unless they are here already"
	@if $(BIN)/refrain models get --yes; then touch $@; else \
	  echo "Without them everything typed works. To talk, and to have music listened to, fetch them later: $(BIN)/refrain models get"; fi

$(VENV)/.dev-installed: $(VENV)/.run-installed requirements/dev.lock
	@echo "Installing the development tools"
	@$(INSTALL) requirements/dev.lock
	@touch $@

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -ra

clean:
	rm -rf $(VENV) reports .mypy_cache .ruff_cache .pytest_cache
