# Two commands for a newcomer: `make run` and `make test`.
PYTHON ?= python3.11
PORT ?= 8501
export PINPOINT_PUBLIC_URL ?= http://localhost:$(PORT)

.PHONY: run test check bench shots lock clean

run: .venv/run.stamp
	.venv/bin/pinpoint init --demo
	.venv/bin/pinpoint serve --port $(PORT)

test: .venv/dev.stamp
	sh tests/install_system_parts.sh
	$(MAKE) check
	.venv/bin/pytest -n 3 --dist loadscope --durations 25

check: .venv/dev.stamp
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/lint-imports
	.venv/bin/pinpoint content check

bench: .venv/dev.stamp
	.venv/bin/python -m tests.bench

.venv/bin/python:
	$(PYTHON) -m venv .venv || python3 -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: requirements/dev.txt pyproject.toml | .venv/bin/python
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ .venv/run.stamp

# Needs uv; writes no index address.
lock:
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 --python-platform linux pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 --python-platform linux pyproject.toml --group dev -o requirements/dev.txt

clean:
	rm -rf .venv var .pytest_cache .ruff_cache .hypothesis
