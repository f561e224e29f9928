# Two commands do it all on a fresh machine (Python 3.11+ and make): `make map` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := maps/kazakhstan-2022
SHARED ?= ../shared

.PHONY: help setup map test check web gazetteer bench hostile fuzz nominatim sbom goldens screenshots gallery lock clean

help:
	@echo "make map          set everything up, make the example map and print where it is"
	@echo "make test         install what the tests need, Chromium included, and run them"
	@echo "make check        ruff, mypy, tsc, known weaknesses of dependencies"
	@echo "make setup        the virtual environment with mapgen in it (editable)"
	@echo "make web          build the front end        make gazetteer    compile the gazetteer and basemap"
	@echo "make bench        every figure of the README  make hostile      all hostile inputs, in Chromium too"
	@echo "make nominatim    geocode by a real Nominatim on PostgreSQL (Debian, as root)"
	@echo "make gallery      every example map, on one page: maps/index.html"
	@echo "make fuzz         an hour of fuzzing of the readers"
	@echo "make sbom         bills of materials into dist/"
	@echo "make goldens      the eight views of the page that the tests compare with"
	@echo "make screenshots  the pictures of the README  make lock         renew requirements.lock"

$(VENV)/.setup: pyproject.toml requirements.lock hatch_build.py package.json
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mapgen needs Python 3.11 or newer; say make PYTHON=python3.11 (or the path of one)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

setup: $(VENV)/.setup

map: setup
	@$(BIN)/mapgen map $(EXAMPLE)

$(VENV)/.browser: $(VENV)/.setup
	@$(BIN)/python -m tests.browser.install
	touch $@

test: $(VENV)/.browser
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python hatch_build.py check

	$(BIN)/python -m tests.audit

sbom: setup  # what is in a release, as CycloneDX
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible -o dist/mapgen.cdx.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm sbom --sbom-format cyclonedx --package-lock-only > dist/mapgen-page.cdx.json

web: setup
	$(BIN)/python hatch_build.py web

gazetteer: setup
	$(BIN)/python hatch_build.py data

bench: setup
	$(BIN)/python -m benchmarks --shared $(SHARED)

hostile: $(VENV)/.browser
	MAPGEN_HOSTILE=all $(BIN)/python -m pytest tests/test_hostile.py tests/test_crash.py tests/browser

fuzz: setup  # ten minutes for each reader
	$(BIN)/python -m pip install --quiet atheris
	for reader in html csv geojson gazetteer pmtiles index; do $(BIN)/python -m tests.fuzz $$reader 600 || exit 1; done

nominatim: $(VENV)/.setup
	apt-get install -y --no-install-recommends postgresql postgis postgresql-postgis osm2pgsql pkg-config libicu-dev
	test -d .venv-nominatim || $(PYTHON) -m venv .venv-nominatim
	.venv-nominatim/bin/pip install --quiet nominatim-db nominatim-api "psycopg[binary]" falcon uvicorn
	$(BIN)/python -m pytest tests/test_nominatim.py

gallery: $(VENV)/.browser
	$(BIN)/python -m maps

goldens: $(VENV)/.browser  # after the page was meant to change: look at them before you commit
	$(BIN)/python -m tests.browser.goldens

screenshots: $(VENV)/.browser
	$(BIN)/python -m benchmarks.screenshots

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev --group bench \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock \
	  --custom-compile-command "make lock"

clean:
	rm -rf $(VENV) .venv-nominatim node_modules mapgen/data mapgen/web/dist
