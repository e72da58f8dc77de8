# One house, one door: every target below does whatever set-up it still needs, once, into .venv.
# Needed beforehand: Python 3.11 or newer, and make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
# To use a Python of your own choice: make PYTHON=python3.12 setup
PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)

# The stamp is named by what the environment depends on: these two files and this folder's place.
KEY := $(shell { pwd; cat pyproject.toml constraints.txt; } | cksum | cut -d' ' -f1)
READY := $(VENV)/ready-$(KEY)
COMPARED := $(VENV)/compared-$(KEY)

# Two test processes are faster than one from two cores on; more wait for one another to compile.
TEST_PROCESSES ?= 2

.PHONY: help setup run test check benchmark clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: $(READY)  ## make .venv and install the project and its tools into it

$(READY):
	@set -e; \
	if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=; \
	    for candidate in $(CANDIDATES); do \
	        if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	            python=$$candidate; break; \
	        fi; \
	    done; \
	    if [ -z "$$python" ]; then \
	        echo 'Python 3.11 or newer is needed and was not found. Tried: $(strip $(CANDIDATES)).' >&2; \
	        echo 'Install it (python.org, or your system'"'"'s package manager), or name it: make PYTHON=/path/to/python3 setup' >&2; \
	        exit 1; \
	    fi; \
	    if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	        echo "$$python cannot make virtual environments: its venv module is not installed." >&2; \
	        echo 'On Debian and Ubuntu: sudo apt install python3-venv (or python3.12-venv and so on). Then try again.' >&2; \
	        exit 1; \
	    fi; \
	    echo "Making $(VENV) with $$($$python --version) ..."; \
	    $$python -m venv --clear $(VENV); \
	fi
	@echo 'Installing the project and its tools into $(VENV) (a few minutes the first time) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	@rm -f $(VENV)/ready-*
	@touch $@

run: $(READY)  ## run the main comparison and draw its figures (results/)
	@$(BIN)/sim run scenarios/experiments/profile_comparison.yaml

test: $(READY)  ## run the tests, then those of the theory once more without compilation
	@$(BIN)/python -m pytest -n $(TEST_PROCESSES)
	@echo 'Once more without compilation (NUMBA_DISABLE_JIT=1):'
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -n $(TEST_PROCESSES) -m pure

check: $(READY)  ## style, types, imports, spelling, and every file of seeds/ and scenarios/
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell
	@$(BIN)/python -m sim.inputs.check

# What we compare with, for the benchmark only. Where it cannot be had, the benchmark says so and goes on.
$(COMPARED): $(READY)
	@rm -f $(VENV)/compared-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation \
	    -e '.[benchmark]' && touch $@ || echo 'The EMA Workbench could not be installed; going on without it.'

# More or less of it: make benchmark ARGS=--quick, ARGS=--full, ARGS='--against OLD.json'
benchmark: $(COMPARED)  ## measure speed, memory and start-up, beside other ways to make the same runs
	@$(BIN)/python -m benchmarks $(ARGS)

clean:  ## remove .venv, caches and build leftovers; results/ stays
	@rm -rf $(VENV) build dist .coverage htmlcov
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
