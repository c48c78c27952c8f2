# Two commands are all it takes: `make serve` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
SEEDS ?= seeds
OUT ?= site
PORT ?= 8000
BASE ?= origin/main
FORMAT ?=
BENCH_SEEDS ?=
BENCH_SCALE ?= 1
BENCH_RUNS ?= 3
BENCH_BEFORE ?= ac7f9ec
FUZZ_EXAMPLES ?= 20000
FUZZ_SEED ?= 1
# As many workers as tests/conftest.py says. What a file's tests share, a site say, is made once, as one worker has the
# whole file. In the order of their names: else files of few tests that take long would come last, when one worker has
# nothing left to do.
WORKERS := --numprocesses auto --dist loadfile --no-loadscope-reorder
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
# Containers often forbid to keep what is compiled: each command, and each of hundreds of processes that the tests
# start, would compile the generator anew.
unexport PYTHONDONTWRITEBYTECODE
# Names, versions and hashes, nothing of the registry they come from.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
UPGRADE ?=
# What it says is progress, and none of a command's answer.
PIP := >&2 $(BIN)/python -m pip install --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help serve site portal check effect test test-quick test-builders fuzz bench lint messages format lock audit sbom release clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

# Make hands SEEDS on to the preview, which leaves docs/ alone then.
serve: $(VENV)/ready ## preview the site, refreshed whenever a seed is edited (SEEDS=seeds PORT=8000)
	$(BIN)/python -m mkdocs serve --dirty --dev-addr 127.0.0.1:$(PORT)

site: $(VENV)/ready ## build the complete site (SEEDS=seeds OUT=site)
	$(BIN)/python -m generator build --seeds "$(SEEDS)" --out "$(OUT)"

portal: $(VENV)/ready-dev ## join the sites of a corpus' parts in OUT/1, OUT/2 … (OUT=site; more in docs/scaling.md)
	$(BIN)/python tools/portal.py "$(OUT)"

check: $(VENV)/ready ## say what is wrong with the seeds, line by line (SEEDS=seeds FORMAT=github|json)
	$(BIN)/python -m generator check --seeds "$(SEEDS)" $(if $(FORMAT),--format "$(FORMAT)")

effect: $(VENV)/ready ## say what readers will see of your change to the seeds (BASE=origin/main)
	@.ci/effect "$(BASE)"

test: $(VENV)/ready-dev ## run all tests but those of other builders
	$(BIN)/python -m pytest $(WORKERS) -m "not builders"

test-quick: $(VENV)/ready-dev ## run the tests that need neither a browser nor a built site, in a minute
	$(BIN)/python -m pytest $(WORKERS) -m "not slow" --ignore tests/website --hypothesis-profile quick

fuzz: $(VENV)/ready-dev ## run broken and hostile seeds through the whole pipeline for long (FUZZ_EXAMPLES=20000 FUZZ_SEED=1)
	$(BIN)/python tests/fuzz.py --examples "$(FUZZ_EXAMPLES)" --seed "$(FUZZ_SEED)"

test-builders: $(VENV)/ready-dev .venv-builders/ready ## hold the pages of ProperDocs and Zensical against MkDocs' own
	$(BIN)/python -m pytest -m builders tests/website

bench: $(VENV)/ready-dev ## measure all that should be fast (BENCH_SEEDS=dir BENCH_SCALE=1 BENCH_RUNS=3 BENCH_BEFORE=commit)
	-@$(MAKE) --no-print-directory .venv-builders/ready
	PYTHONPATH=.:tests $(BIN)/python -m bench $(if $(BENCH_SEEDS),--seeds "$(BENCH_SEEDS)") --scale $(BENCH_SCALE) \
	  --runs $(BENCH_RUNS) --before $(BENCH_BEFORE) --json .cache/bench.json

lint: $(VENV)/ready-dev ## check style, types and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github

# Which sentences the site says, in files named with each; the order is that of the files, so that changes can be read.
messages: $(VENV)/ready-dev ## collect the site's sentences for translators, into generator/locale
	@mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword t:2 --keyword means --sort-by-file --add-location file --no-wrap \
	  --omit-header --output-file .cache/messages.pot .
	$(BIN)/pybabel --quiet update --input-file .cache/messages.pot --output-dir generator/locale --no-fuzzy-matching \
	  --ignore-obsolete --no-wrap --omit-header

format: $(VENV)/ready-dev ## put the code into the project's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: ## pin what pyproject.toml asks for, with hashes (needs uv; UPGRADE=--upgrade takes the newest)
	$(LOCK) $(UPGRADE) pyproject.toml --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt
	$(LOCK) --extra builders --constraint requirements.txt pyproject.toml --output-file requirements-builders.txt

audit: $(VENV)/ready-dev ## hold the locked packages against known vulnerabilities (needs a connection)
	@for locked in requirements.txt requirements-dev.txt requirements-builders.txt; do \
	  $(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement $$locked || exit 1; \
	done

sbom: $(VENV)/ready-dev ## list what the site is built with, in CycloneDX (dist/sbom.cdx.json)
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --output-file dist/sbom.cdx.json

release: site sbom ## put the dataset, the list of packages and their checksums into dist/
	cp site/data/*.zip dist/
	cd dist && sha256sum *.zip sbom.cdx.json > SHA256SUMS

clean: ## delete the site, the generated pages, which docs/.generated lists, and the environments
	rm -rf site dist .cache $(VENV) .venv-builders
	@if [ -f docs/.generated ]; then \
	  while IFS= read -r page; do rm -f -- "docs/$$page"; done < docs/.generated; \
	  rm -f docs/.generated; find docs -type d -empty -delete; \
	fi

# The version of the Python that is named, if the environment is of another one.
OTHER := $(if $(filter-out file,$(origin PYTHON)),$(filter-out $(shell $(BIN)/python -V 2>&1),$(shell $(PYTHON) -V 2>&1)))
ifneq ($(OTHER),)
.PHONY: $(VENV)/ready $(VENV)/ready-dev
endif

# An environment of another Python, or one whose set-up was not finished, is made anew.
define ENVIRONMENT
@$(if $(OTHER),false,$(BIN)/python -m pip --version >/dev/null 2>&1) || { \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with 'make PYTHON=python3.12 …'" >&2; exit 1; }; \
  $(PYTHON) -m venv --clear $(VENV); }
endef

$(VENV)/ready: requirements.txt
	@echo "Setting up $(VENV) with 100 MB from PyPI, once" >&2
	$(ENVIRONMENT)
	$(PIP) -r requirements.txt
	@touch $@

.venv-builders/ready: requirements-builders.txt
	$(PYTHON) -m venv --clear .venv-builders
	.venv-builders/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt
	@echo "Setting up $(VENV) with 450 MB from PyPI, once" >&2
	$(ENVIRONMENT)
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/ready
