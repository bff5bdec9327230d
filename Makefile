# `make` alone says what there is. Everything that is made goes into build/.
python = build/venv/bin/python

.PHONY: help demo test lint bench faults month mutants fuzz interop model encoder picture cases clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

demo: build/environment  ## see it at work on a mailbox of its own; ONCE=1 ends when it is shown
	@build/venv/bin/triage demo $(if $(ONCE),--once)

test: build/environment  ## every test, on a machine that need have only Python, make and git
	@.ci/with-dovecot $(python) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: build/environment  ## ruff and mypy
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --check .
	@$(python) -m mypy --no-error-summary

bench: build/environment  ## measure: medians, each beside what it is compared with
	@$(python) tests/bench

faults: build/environment  ## 10,000 faults on a real Dovecot, an hour; SEED=n FAULTS=n, or REAL=20 shops
	@.ci/with-dovecot $(python) tests/faults

month: build/environment  ## a shop's month of 600 mails, its owner at work, then train; SEED=n
	@.ci/with-dovecot $(python) tests/month

mutants: build/environment  ## take each safeguard away in turn, and see the tests turn red
	@.ci/with-dovecot $(python) tests/faults/mutants.py

fuzz: build/environment  ## mails that nobody would write, for an hour, to what reads mail; MINUTES=n SEED=n
	@$(python) -m pip --disable-pip-version-check install -qq --editable '.[fuzz]'
	@$(python) tests/fuzz

interop: build/environment  ## the contract on Cyrus and Courier too, three minutes; the table: build/interop.md
	@.ci/with-dovecot .ci/with-servers $(python) tests/interop $(PYTEST)

model: build/environment  ## rebuild the shipped models from models/corpus
	@$(python) -m triage.classifier.build

encoder:  ## train the sentence encoder on models/corpus anew: an hour, 3 GB of downloads
	@.ci/encoder

picture: build/environment  ## draw the picture of the demonstration in README.md
	@$(python) tests/demo/picture.py

cases: build/environment  ## write down which letter answers which mail: templates/CASES.md and README.md
	@$(python) tests/reply/cases_page.py

clean:  ## remove build/ and every cache
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.*' -prune -exec rm -rf {} +

build/environment: setup.cfg pyproject.toml .ci/environment .ci/unpack
	@.ci/environment
	@touch $@
