# Needs Python 3.11+ and make; everything else goes into .venv.
PYTHON ?= python3
EXTRAS ?= dev
BIN := .venv/bin
READY := .venv/.ready
export DO_NOT_TRACK := 1
export KEDRO_DISABLE_TELEMETRY := 1
export MLFLOW_DISABLE_TELEMETRY := 1
export HF_HUB_DISABLE_TELEMETRY := 1

.DEFAULT_GOAL := help
.PHONY: help setup run test soak check bench bench-encoders bench-search bench-dashboard eval-labels eval-copilot label-with-model show calibrate viz app mlflow rollback docs picture screenshots clean

help: ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@

setup: $(READY) ## create .venv with the pinned dependencies

run: $(READY) ## run the whole pipeline on the embedded corpus and publish a build
	@$(BIN)/kedro run

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

soak: $(READY) ## run the long tests: kills, faults, many publishes (minutes)
	@$(BIN)/python -m pytest -m soak

check: $(READY) ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src
	$(BIN)/lint-imports

bench: $(READY) ## measure time and memory (BENCH=--large: 14 million too, --core-only: no year, no dashboard); JSON in benchmarks/results
	$(BIN)/python benchmarks/bench_core.py $(BENCH)

bench-encoders: $(READY) ## throughput and neighbours of every text encoder, on real prompts
	$(BIN)/python benchmarks/bench_encoders.py $(BENCH)

bench-search: $(READY) ## engines and latency of the search by meaning
	$(BIN)/python benchmarks/bench_search.py $(BENCH)

bench-dashboard: $(READY) ## how fast the dashboard answers over HTTP (ROOTS: published roots to measure)
	$(BIN)/python benchmarks/bench_dashboard.py $(if $(ROOTS),--roots $(ROOTS)) $(BENCH)

eval-labels: $(READY) ## score the labels (LABELS=FILE: other labelled prompts; LLM_LABELS=FILE beside)
	$(BIN)/python benchmarks/eval_labels.py $(if $(LABELS),--labels '$(LABELS)') $(if $(LLM_LABELS),--llm-labels '$(LLM_LABELS)')

eval-copilot: $(READY) ## score the copilot on the gold questions (BUILD=published root; EVAL=--ablation: every way)
	$(BIN)/python benchmarks/eval_copilot.py $(if $(BUILD),--build '$(BUILD)') $(EVAL)

label-with-model: $(READY) ## label PROMPTS=FILE with the language model of GSA_LLM_*, into LLM_LABELS=FILE
	$(BIN)/python benchmarks/label_with_model.py $(PROMPTS) $(LLM_LABELS) $(ROWS)

show: $(READY) ## run the real data in GSA_REAL_DATA beside the simulated; prints two tables
	$(BIN)/python benchmarks/show_real_data.py

calibrate: $(READY) ## hold the simulation beside the real logs in GSA_REAL_DATA; prints distances
	$(BIN)/python benchmarks/calibrate.py

viz: $(READY) ## the pipelines as a graph in a browser
	$(BIN)/kedro viz run

app: $(READY) ## the dashboard, on 127.0.0.1:8050
	@$(BIN)/gsa dashboard

mlflow: $(READY) ## the enrichment's runs in a browser, on 127.0.0.1:5000
	$(BIN)/mlflow server --backend-store-uri sqlite:///data/mlflow/mlflow.db \
		--host 127.0.0.1 --port 5000 --allowed-hosts '127.0.0.1:*,localhost:*'

rollback: $(READY) ## serve the build before the current one
	@$(BIN)/gsa rollback

docs: $(READY) ## write docs/data_model.md from schema/
	$(BIN)/python -m genai_session_analyzer.schema > docs/data_model.md

picture: $(READY) ## draw docs/images: the build now served, and what `make calibrate` kept
	$(BIN)/python docs/images/draw_overview.py
	$(BIN)/python docs/images/draw_calibration.py

screenshots: $(READY) ## every page of the dashboard, light and dark, into docs/images (ROOT=FOLDER: of builds)
	$(BIN)/python docs/images/draw_dashboard.py $(if $(ROOT),--root '$(ROOT)')

clean: ## remove what runs made; .venv and the raw files stay
	rm -rf data/02_intermediate/spill data/03_primary/warehouse.duckdb data/published
