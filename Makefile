# make run    set up, load the shipped figures if the store is empty, serve on PORT (8501)
# make test   set up, test every promise (in a browser too, where a Chromium can be had)
# make fast   what needs no pages, no browser and no store: a minute
# make test-all   make test with every combination, repeat and second way: see tests/combining.py
# make engines  the tests of stores once more, with PostgreSQL and object storage behind each folder
# make shared for trial: two dashboards and a worker on one store in PostgreSQL and object storage
# make train  makes the weights of the report reader anew, from the labelled reports
# make load | update | check | accuracy | bench | bench-load | crash | fuzz | words | lint | coverage | lock

PORT ?= 8501
PYTHON ?= python3
PY := .venv/bin/python
# What Python compiles is kept, also where the environment says otherwise: the tests' own modules,
# with the asserts that pytest rewrites in them, take seconds in each process.
export PYTHONDONTWRITEBYTECODE =
STAMP := .venv/.ready
SHARED := .venv/.shared

.PHONY: setup run shared test fast engines test-all load update check accuracy train bench bench-load crash fuzz words lint coverage lock clean

setup: $(STAMP)

# The stamp is written last: an installation that broke off is begun again, not half used.
# Only what the project needs is installed. The project itself runs from this folder.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 \
	  || { echo "making .venv …"; $(PYTHON) -m venv --clear .venv; }
	@echo "installing packages into .venv …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# What several machines on one store need besides; `make run` does without.
$(SHARED): $(STAMP) requirements-shared.lock
	@echo "installing packages for several machines …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-shared.lock
	@touch $@

run: setup
	@$(PY) -m etl serve --port $(PORT)

# A file's tests stay in one process: what they read together (pages, stores, reports, servers) is
# read once. The files come in the order of tests/conftest.py, the longest first. The ten slowest
# are named, so that a test that has grown slow is seen.
PYTEST := $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=10

# See tests/shared/__main__.py. Stop it with Ctrl-C.
shared: $(SHARED)
	@$(PY) -m tests.shared --port $(PORT)

test: lint
	@$(MAKE) --no-print-directory $(SHARED) \
	  || echo "requirements-shared.lock cannot be installed: the tests of several machines are left out"
	@$(PY) -m tests.chromium || true
	@$(PYTEST)

# For the minutes between two edits.
fast: setup
	@$(PYTEST) -m "not browser and not slow and not stored" --ignore tests/pages

# What holds of a store in a folder holds of a shared one: see tests/engines.py.
engines: setup
	@if ! $(MAKE) --no-print-directory $(SHARED); \
	  then echo "requirements-shared.lock cannot be installed: tests of stores on it are left out"; \
	elif ! $(PY) -c "import sys; from tests.shared import postgres; sys.exit(not postgres.binaries())"; \
	  then echo "no PostgreSQL is installed: the tests of stores with a shared one are left out"; \
	else TEST_ENGINE=shared $(PYTEST) tests/impact/store; fi

# Before a release: see tests/combining.py.
test-all: export IMPACT_TESTS = all
test-all: test

load: setup
	@$(PY) -m etl load

# Fetches what may be fetched without a key; without a network nothing changes.
update: setup
	@$(PY) -m etl update

check: setup
	@$(PY) -m etl check

# How well reports are read; writes the table that the Sources page shows.
accuracy: setup
	@$(PY) -m tests.accuracy

# Makes data/weights/weights.csv from the labelled reports. scikit-learn is needed for this alone.
train: setup
	@$(PY) -c 'import sklearn' 2>/dev/null || $(PY) -m pip install --quiet \
	  --disable-pip-version-check --require-hashes -r requirements-train.lock
	@$(PY) -m tests.train

bench: setup
	@$(PY) -m tests.bench

# Readers and senders for MINUTES (10): what they wait, and what the server holds afterwards.
bench-load: setup
	@$(PY) -m tests.bench.load

# KILLS (1000) at random moments, each call that fails once (CALLS=-1: in every way), CUTS (100) of
# the power, damages, many clients at once. SEED=n repeats the moments.
crash: setup
	@$(PY) -m tests.crash $(if $(KILLS),--kills $(KILLS)) $(if $(CALLS),--calls $(CALLS)) \
	  $(if $(CUTS),--cuts $(CUTS)) $(if $(SEED),--seed $(SEED))

# Spoiled files of every format, for SECONDS (60).
fuzz: setup
	@$(PY) -m tests.fuzzing $(or $(SECONDS),60) $(SEED)

# Takes new texts of the code into the catalogues; translations are then filled in by hand.
words: setup
	@$(PY) -m babel.messages.frontend -q extract -F babel.cfg -k _ -k N_ -k NN_:1,2 -k plural:1,2 \
	  --no-location --sort-output -o .venv/impact.pot dashboard.py pages impact etl
	@for po in locale/*/LC_MESSAGES/impact.po; do $(PY) -m babel.messages.frontend -q update \
	  -i .venv/impact.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))) \
	  --no-fuzzy-matching --ignore-obsolete --omit-header; done

# Style and types. What mypy has checked it keeps in .mypy_cache: an edit later it takes seconds.
lint: setup
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

# Which lines of impact/ and etl/ the tests run; the pages' own tests are left out.
coverage: setup
	@$(PYTEST) --ignore tests/pages \
	  --cov --cov-report term:skip-covered --cov-report html:.coverage_html

# Writes requirements.lock and those of the extras anew from pyproject.toml. Versions stay unless
# pyproject.toml asks for others; `make lock UPGRADE=--upgrade` takes the newest. uv is used for this alone.
lock: setup
	@rm -rf .venv/lock && $(PY) -m venv .venv/lock
	@.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<1'
	@.venv/lock/bin/uv pip compile pyproject.toml --extra test --universal --generate-hashes --quiet \
	  --custom-compile-command 'make lock' --output-file requirements.lock $(UPGRADE)
	@.venv/lock/bin/uv pip compile pyproject.toml --extra train --universal --generate-hashes --quiet \
	  --constraints requirements.lock --custom-compile-command 'make lock' \
	  --output-file requirements-train.lock $(UPGRADE)
	@.venv/lock/bin/uv pip compile pyproject.toml --extra shared --universal --generate-hashes --quiet \
	  --constraints requirements.lock --custom-compile-command 'make lock' \
	  --output-file requirements-shared.lock $(UPGRADE)
	@rm -rf .venv/lock

clean:
	rm -rf .venv store
