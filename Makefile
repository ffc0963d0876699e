.DEFAULT_GOAL := help
.PHONY: help setup app test check screenshots notebooks outputs bench lock schemas third-party sbom audit api
bin := .venv/bin

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## prepare .venv with everything, and the model weights
	@scripts/setup.sh

app: setup ## open the app in a browser (ARGS="--port 8000 --no-browser")
	@$(bin)/interviewlab app $(ARGS)

test: setup ## run every test, notebooks included
	@scripts/test-parts.sh
	@scripts/test.sh $(ARGS)

check: setup ## the quick checks: lint, format, types, storeys, unit tests
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports --no-cache
	$(bin)/pytest -q tests/unit $(ARGS)

screenshots: setup ## picture every state of every page, to be looked at, into build/screenshots
	@INTERVIEWLAB_SCREENSHOTS=$(CURDIR)/build/screenshots $(bin)/pytest -q tests/browser/test_screenshots.py
	@$(bin)/python scripts/small_pictures.py build/screenshots docs/screenshots

notebooks: setup ## open the notebooks in JupyterLab
	@$(bin)/jupyter lab --notebook-dir notebooks $(ARGS)

outputs: setup ## renew the outputs that notebooks keep, after something changed what they show
	@$(bin)/python scripts/notebook_outputs.py

bench: setup ## run every bench (some hours); results go to evals/results/bench
	@scripts/bench.sh

lock: ## write uv.lock and requirements.txt after the dependencies changed
	@scripts/lock.sh

schemas: setup ## write the JSON schemas after the types changed
	@$(bin)/python -c "from interviewlab.reports.schema import write_schemas; write_schemas()"

third-party: setup ## write THIRD_PARTY.md, the licences of all that is bundled or fetched
	@$(bin)/python scripts/third_party.py

sbom: setup ## write dist/sbom.json, the parts of this environment as CycloneDX
	@mkdir -p dist && $(bin)/cyclonedx-py environment --output-file dist/sbom.json $(bin)/python

audit: setup ## look the locked packages up among known vulnerabilities; fails where one cannot be looked up
	@mkdir -p dist && scripts/uv.sh export --quiet --frozen --no-dev --all-extras --no-emit-project --output-file dist/locked.txt >/dev/null
	@$(bin)/pip-audit --strict --require-hashes --disable-pip --requirement dist/locked.txt

api: setup ## write docs/api.md from the code
	@$(bin)/python scripts/api_page.py
