# The two lines people need: `make demo` and `make test`. Everything lives in .venv; nothing else is touched.
PYTHON ?= $(shell for v in 3.14 3.13 3.12 3.11; do python$$v -c 'import venv' 2>/dev/null && echo python$$v && exit; done; echo python3)
BIN := .venv/bin
DEMO ?=

.PHONY: demo test system bench lock screens pictures reference clean

demo: .venv/app.done
	@$(BIN)/coprod demo $(DEMO)

test: .venv/test.done
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests

system:
	apt-get install -y --no-install-recommends chromium espeak-ng tmux poppler-utils

bench: .venv/bench.done
	@$(BIN)/python -m benchmarks

screens: .venv/test.done
	@COPROD_UPDATE_SNAPSHOTS=1 $(BIN)/pytest -q tests/coprod/tui

pictures: .venv/test.done
	@$(BIN)/python -m docs.draw_pictures

reference: .venv/test.done
	@$(BIN)/python -m docs.write_reference

lock: .venv/test.done
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes --no-header -q -o requirements-test.lock
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra test --extra bench --universal --generate-hashes --no-header -q -o requirements-bench.lock

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/app.done: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.done: requirements-test.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -q --require-hashes -r requirements-test.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/app.done

.venv/bench.done: requirements-bench.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -q --require-hashes -r requirements-bench.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/test.done .venv/app.done

clean:
	rm -rf .venv .cache dist build
