# Two commands: `make demo` and `make test`. Everything they need is installed by name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QADAM_PORT ?= 8000
export QADAM_PORT
export EDS_MODE ?= demo

.PHONY: demo test check lint types contracts frontend browser bench stress clean

demo: $(VENV)/.installed
	$(BIN)/qadam demo

test: $(VENV)/.developed browser frontend
	$(MAKE) check
	$(BIN)/python -m pytest --numprocesses 2

check: lint types contracts

lint: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developed
	$(BIN)/mypy

contracts: $(VENV)/.developed
	$(BIN)/lint-imports

# More of what `make test` does briefly: more seeds, more clients, more kills.
stress: $(VENV)/.developed
	QADAM_STRESS=1 $(BIN)/python -m pytest tests/stress

bench: $(VENV)/.developed
	$(BIN)/python -m benchmarks

# Chromium, poppler and fonts by the system's packages where we may install them; the tests that
# need them say so by name where they are missing, and fail with CI=true.
browser:
	@sh tests/install_browser.sh

frontend:
	@sh web/frontend/install.sh

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.developed: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) data build *.egg-info
