.PHONY: datacontract pictures rules-pages help setup demo test test-all lint package lock i18n

help:            ## what can be made
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ -/'

setup:           ## install what lacks: uv, .venv, the libraries Qt needs
	@sh packaging/setup.sh

demo: setup      ## the whole flow on invented data (HEADLESS=1 for no window)
	@sh packaging/demo.sh

lint: setup      ## ruff, mypy, import contracts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

test: lint       ## lint, types, import contracts, the quick tests
	@QT_QPA_PLATFORM=offscreen .venv/bin/pytest -q -n 2 -m "not slow"

test-all: setup  ## the slow tests: kills, fuzzing, frozen build, journeys
	@sh packaging/package.sh --needs
	@QT_QPA_PLATFORM=offscreen .venv/bin/pytest -q -n 2 -m slow

package: setup   ## a folder build in dist/navette
	@sh packaging/package.sh

i18n:            ## the sentences of the window: read from the source, compiled for it
	@sh packaging/i18n.sh

pictures: setup  ## draw the pictures of the user guide again
	@QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/guide_pictures.py

rules-pages:     ## write the page of each rule again, from the contracts
	@.venv/bin/python -m desktop_app contracts docs docs/regles

datacontract: setup ## the contracts in another tool: lint, and the counts of every rule on the samples (DuckDB)
	@sh packaging/datacontract.sh >/dev/null && .venv/bin/pytest -q tests/rules/test_datacontract.py

lock:            ## pin every dependency with its hashes
	@uv pip compile --universal --generate-hashes --no-emit-index-url --group dev pyproject.toml \
	  -o requirements.lock --custom-compile-command "make lock" --upgrade -q
	@uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 packaging/datacontract.in \
	  -o packaging/datacontract.lock --custom-compile-command "make lock" --upgrade -q
