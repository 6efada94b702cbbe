# Everything a newcomer needs: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
UV := .uv/bin/uv
# uv finds no Python 3.10 that exists only under pyenv; where there is none at all, uv fetches one.
PYTHON310 := $(shell ls -d $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.10*/bin/python3.10 /usr/bin/python3.10 /usr/local/bin/python3.10 2>/dev/null | sort -V | tail -n 1)
export UV_COMPILE_BYTECODE := 1
# Trust what the machine trusts: hospital networks have certificates of their own.
export UV_SYSTEM_CERTS := true
export UV_PROJECT_ENVIRONMENT := .venv
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test chat train build web install lint bench evaluate openapi desk clean

help:  ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install  ## Install what is needed, train when stale, and serve the chat on http://127.0.0.1:5005
	@.venv/bin/houlu serve

chat: install  ## The same conversation in the terminal
	@.venv/bin/houlu chat

test: install lint  ## Lint, types, Rasa's data check, and all tests
	@.venv/bin/houlu train
	@echo "rasa data validate ..."
	@.venv/bin/python -m houlu.rasa.validate
	@.venv/bin/houlu web --check
	@.venv/bin/python -m pytest

web: install  ## Build the pages under web/ when their sources changed (`make run` does it, too)
	@.venv/bin/houlu web

lint: install
	@.venv/bin/ruff check houlu actions tests bench
	@.venv/bin/mypy

train: install  ## Train the model when it is missing or older than its data
	@.venv/bin/houlu train

desk: install  ## The experts' queue (more: .venv/bin/houlu desk --help)
	@.venv/bin/houlu desk list

bench: install  ## Measure Houlu beside a bot with Rasa's default configuration, then the expert desk
	@.venv/bin/python bench/run.py
	@.venv/bin/python bench/desk.py

evaluate: install  ## Measure how well Houlu understands; up to ten minutes, writes build/evaluation/report.html
	@.venv/bin/houlu evaluate

install: .venv/.installed

.venv/.installed: pyproject.toml uv.lock | $(UV)
	@echo "installing (about half a minute) ..."
	@$(UV) sync --frozen --quiet $(if $(PYTHON310),--python $(PYTHON310),--python 3.10) || \
	  { echo "Python 3.10 or a package could not be had. Rasa 3.6 needs Python 3.10: install it (pyenv install 3.10) or give uv access to the internet."; exit 1; }
	@touch $@

$(UV):
	@command -v python3 >/dev/null || { echo "python3 (any version, with venv) is needed to start"; exit 1; }
	@python3 -m venv .uv && .uv/bin/pip install --quiet uv==0.13.9

clean:  ## Remove what was built (not the database under var/)
	@rm -rf .venv .uv build models/*.tar.gz
