# Two commands matter: `make app` and `make test`. Everything they need is made inside this folder.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_CACHE_DIR := 1
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/pycache

.PHONY: app test prove bench load lint format browser sample pictures docs lock clean

$(BIN)/.app-ready: requirements.lock pyproject.toml
	@echo "Making the environment in $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/icp_workbench.pth"
	@printf '#!%s\nimport sys\nsys.pycache_prefix = "%s"\nfrom icp_engine.cli import main\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" "$(PYTHONPYCACHEPREFIX)" > $(BIN)/icp && chmod +x $(BIN)/icp
	@touch $@

$(BIN)/.dev-ready: $(BIN)/.app-ready requirements-dev.lock
	@echo "Adding the test tools ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

app: $(BIN)/.app-ready
	@echo "ICP Workbench: http://127.0.0.1:$(PORT)  (Ctrl+C stops it)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

browser:
	@command -v chromium >/dev/null || { echo "Installing Chromium for the browser tests ..."; apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

test: $(BIN)/.dev-ready browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@mkdir -p .cache/xdg
	XDG_CONFIG_HOME=$(CURDIR)/.cache/xdg XDG_CACHE_HOME=$(CURDIR)/.cache/xdg $(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: $(BIN)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(BIN)/.dev-ready
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

prove: $(BIN)/.bench-ready
	$(BIN)/python -m benchmarks.prove

$(BIN)/.bench-ready: $(BIN)/.dev-ready requirements-bench.lock
	@echo "Adding the libraries that the benchmarks compare with ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(BIN)/.bench-ready
	$(BIN)/python -m benchmarks.run

load: $(BIN)/.dev-ready
	$(BIN)/python -m benchmarks.load $(ARGS)

sample: $(BIN)/.app-ready
	$(BIN)/python sample_data/generate.py

pictures: $(BIN)/.dev-ready browser
	$(BIN)/python -m docs.take_pictures $(ARGS)

docs: $(BIN)/.dev-ready
	$(BIN)/python -m docs.write_catalogues

# Keeps every version that still fits; make lock ARGS=--upgrade raises them all. Locks name no index.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 $(ARGS)

lock: $(BIN)/.dev-ready
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache
