# Two commands for a machine that has Python 3.11 or newer, venv and make, and nothing else:
#   make read     set up, and read an example report
#   make test     set up, and run the tests
# The rest is for working on onrecord; `make help` lists it.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORT ?= examples/truce.txt
DATA ?= ../shared
STORE ?= onrecord.db
PORT ?= 8080
SECONDS ?= 60
SITE ?= 127.0.0.1:8000
# Without the notice, at every build, that MkDocs 2 won't do: pyproject.toml pins MkDocs 1.
MKDOCS := NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs

.DEFAULT_GOAL := help
.PHONY: help read serve test check docs site wheel bench fuzz train eval clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 9

read: $(VENV)/.read ## Read an example report (REPORT=path for another one)
	@$(BIN)/onrecord read $(REPORT)

serve: $(VENV)/.read ## Open pages over a store (STORE=path, PORT=number)
	@$(BIN)/onrecord serve --store $(STORE) --port $(PORT)

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## Run ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(VENV)/.dev ## Build the documentation's site into build/site, strictly
	@$(MKDOCS) build

site: $(VENV)/.dev ## Show the documentation's site while it is written (SITE=address)
	@$(MKDOCS) serve --livereload --dev-addr $(SITE)

wheel: $(VENV)/.dev ## Build the wheel, and test it in an environment of its own
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@ONRECORD_WHEEL=1 $(BIN)/python -m pytest tests/packaging

eval: $(VENV)/.read ## Hold the reader's figures against their floors (DATA=folder of the corpora)
	@$(BIN)/python -m onrecord eval --gate --data $(DATA)

bench: $(VENV)/.bench ## Measure speed, memory and start-up
	@$(BIN)/python -m benchmarks

fuzz: $(VENV)/.fuzz ## Look for inputs that aren't borne (SECONDS=for each target)
	@$(BIN)/python -m fuzz --seconds $(SECONDS)

train: $(VENV)/.train ## Train the model anew (DATA=folder of the corpora; five and a half hours)
	@$(BIN)/python -m training --data $(DATA)

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

# A stamp for each set of dependencies, renewed when pyproject.toml changes.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord wants Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.read: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.read

$(VENV)/.bench: $(VENV)/.dev benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev fuzz/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r fuzz/requirements.txt
	@touch $@

$(VENV)/.train: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,train]'
	@touch $@ $(VENV)/.dev $(VENV)/.read
