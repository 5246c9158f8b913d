# Chores of the project. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
SYSTEM_PACKAGES := python3-venv tesseract-ocr tesseract-ocr-chi-sim fonts-noto-cjk \
	fonts-wqy-zenhei fonts-wqy-microhei fonts-arphic-gbsn00lp fonts-arphic-gkai00mp \
	fonts-arphic-uming fonts-arphic-ukai fonts-lxgw-wenkai
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES := shenbao pipeline audit db normalizers extractors samples bench

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev system demo test check fix lock samples measure peers picture clean

help: ## List the chores
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.runtime ## Install shenbao into its own environment

$(VENV)/bin/python:
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| ($(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q python3-venv)
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

setup-dev: $(VENV)/.dev system ## Install everything that tests and measures need

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/.runtime

system: ## Install tesseract and the fonts of the samples, where they are missing
	@dpkg -s $(SYSTEM_PACKAGES) >/dev/null 2>&1 \
		|| ($(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends $(SYSTEM_PACKAGES))

demo: setup ## Read samples/ into demo.db and show what was found
	@rm -rf demo.db demo.db-wal demo.db-shm demo.archive
	$(BIN)/shenbao ingest samples/committed --db sqlite:///demo.db --workers 2
	$(BIN)/shenbao query declarations --db sqlite:///demo.db
	@mkdir -p build
	$(BIN)/shenbao export --db sqlite:///demo.db --format jsonl -o build/demo.jsonl
	$(BIN)/shenbao evaluate build/demo.jsonl samples/committed/truth.jsonl
	@echo; echo "下一步 / next: $(BIN)/shenbao query --help; $(BIN)/shenbao audit --db sqlite:///demo.db; $(BIN)/shenbao export --db sqlite:///demo.db --format xlsx -o demo.xlsx"

test: setup-dev ## Run all tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: setup-dev ## Style, types, import directions; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup-dev ## Format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

samples: setup-dev ## Print and scan the committed samples anew
	$(BIN)/python -m samples.generate --committed

measure: setup-dev ## Accuracy on the measuring half of the generated suite (about half an hour)
	$(BIN)/python -m bench.accuracy --seeds 0:60 --half measure --bound 4 --out build/measure

$(PEERS)/.peers: pyproject.toml
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install -q --disable-pip-version-check -e '.[peers]'
	@touch $@

peers: setup-dev $(PEERS)/.peers ## Accuracy beside other readers, on six declarations (about half an hour)
	$(BIN)/python -m bench.peers --seeds 300:312 --half measure --level digital --level clean --level office --out build/peers

picture: setup-dev ## Draw the README's picture and the tables of docs/database.md anew
	$(BIN)/python -m bench.picture samples/committed/decl_18_photo.pdf docs/readme.png
	$(BIN)/python -m bench.database_page
	$(BIN)/python -m bench.audit_page

lock: ## Write the lock files anew from pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Remove what was built
	rm -rf build dist demo.db* demo.archive demo.xlsx demo-csv *.egg-info
