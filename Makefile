# make demo   set up, convert samples/ into out/demo, show what was found
# make test   set up, check style and types, run the tests
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := out/demo
DOCUMENTS := $(wildcard samples/documents/*)
SOURCES := $(shell find schemas dictionaries ingest -type f -not -name '*.pyc') __init__.py cli.py

# One thread for each Tesseract: more of them are slower.
export OMP_THREAD_LIMIT := 1
PYTEST_ARGS ?= -n auto --dist loadfile

.PHONY: help setup demo test check goldens samples clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

setup: $(READY)

$(READY): pyproject.toml .ci/system-packages
	@python=$$(.ci/system-packages); \
	"$$python" -m venv $(VENV); \
	$(BIN)/python -m pip install --quiet --upgrade pip; \
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(DEMO)/targets.csv
	@echo
	@echo "The first targets (chỉ tiêu) of all samples, from $(DEMO)/targets.csv:"
	@$(BIN)/python -m kehoach.samples.show $(DEMO)/targets.csv
	@echo "Records: $(DEMO)/*.json; restored text: $(DEMO)/*.txt; what happened to each file: $(DEMO)/manifest.jsonl"

$(DEMO)/targets.csv: $(READY) $(DOCUMENTS) $(SOURCES)
	$(BIN)/kehoach convert samples/documents --out $(DEMO) --force
	$(BIN)/kehoach export $(DEMO) --records targets --format csv --out $@
	@touch $@

test: check
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	MYPYPATH=.types $(BIN)/mypy -p kehoach

# make goldens   write samples/golden anew from today's output (read the difference before you commit it)
goldens: $(READY)
	KEHOACH_REGENERATE=1 $(BIN)/pytest tests/samples/test_goldens.py

# make samples   build samples/documents anew from samples/source
samples: $(READY)
	$(BIN)/python -m kehoach.samples.build

clean:
	rm -rf out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
