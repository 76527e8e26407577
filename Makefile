# The few commands of this project. `make run` and `make test` do all their own set-up.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
export HF_HUB_OFFLINE ?= 1

.PHONY: run test check benchmark faults clean

run: $(VENV)/.run
	$(BIN)/python -m core db upgrade
	$(BIN)/streamlit run dashboard/app.py

test: $(VENV)/.test check
	$(BIN)/python -m pytest -m "not benchmark"

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile

benchmark: $(VENV)/.test
	$(BIN)/python -m pytest -m benchmark -s

faults: $(VENV)/.test
	AMONTILLADO_FAULT_REPEATS=20 $(BIN)/python -m pytest -m faults

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# torch goes first and pinned exactly, so that no other package pulls a build for graphics cards.
$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
