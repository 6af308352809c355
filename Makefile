# make demo    two days at the hotline, on the screen; in Vietnamese with ARGS="--lang vi"
# make portal    a small 1022 portal with a month of samples, on http://localhost:8000
# make test    the tests, against the wheel built of this tree
# make mutants    small defects, a sample of them, and which of them the tests do not see
# make coverage    which lines and branches of the wheel the tests leave out
# make docs-site    the documentation as a site: build/site/index.html
#
# A fresh machine needs Python 3.11 or newer and make; build/venv is made on first use.
# PY=/path/to/python uses that interpreter and its packages as they are instead.
.POSIX:
.PHONY: demo portal test check coverage mutants bench scale slow release audit docs docs-check docs-site clean
.NOTPARALLEL:

demo:
	@sh .ci/with cli -m phananh demo $(ARGS)

portal:
	@sh .ci/with async,letters,portal,postgres,xlsx -m examples.portal

# A file stays with one process, so that what its tests share is made once. Many tests wait for a
# server, a lock or another process: one worker more than processors.
test:
	@sh .ci/with suite -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder $(ARGS)

check:
	@sh .ci/with dev -m ruff check
	@sh .ci/with dev -m ruff format --check
	@sh .ci/with dev -m mypy --strict
	@sh .ci/with dev -m pytest -q tests/test_types.py tests/aio/test_desk.py
	@sh .ci/with dev -c 'from importlinter.cli import lint_imports_command as lint; lint()'

# Of the core every branch, of the rest 95 of a hundred. Where many threads start at once,
# CPython 3.11 can refuse to trace one, so what failed is tried again.
coverage:
	@rm -f .coverage .coverage.*
	@sh .ci/with suite -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report= \
		$(ARGS) || sh .ci/with suite -m pytest --last-failed --cov --cov-append --cov-report=
	@sh .ci/with suite -m coverage report --fail-under=100 --include=$(CORE)
	@sh .ci/with suite -m coverage report --fail-under=95 --omit=$(CORE)

CORE = "*/regulation/*,*/worktime/*,*/messages/*,*/errors/*,*/articles/*,*/plain_data.py,*/plain_value.py"

# The same seed and count give the same mutants, but for those of code that has changed.
MUTANTS = --seed 1 --count 120

mutants:
	@sh .ci/with suite -m benchmarks.mutants $(MUTANTS)

bench:
	@sh .ci/with dev,bench -m benchmarks --write $(ARGS)

# What stores cost at 10 thousand, 100 thousand and 1 million cases; takes half an hour and 10 GB.
scale:
	@sh .ci/with dev,bench -m benchmarks.scale --write $(ARGS)

# CASES=1000000 recalculates as many stored cases as the documentation tells of.
CASES = 20000
# When nobody works: a Sunday. It is past, as processes that tests start have the true time, and
# after every moment that a test records.
MOMENT = 2026-11-29T09:00+07:00
# How often a primary is killed and its replica promoted.
ROUNDS = 10

# What repeats, and what takes long: within an hour on two processors.
slow:
	@sh .ci/with suite,browser -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m slow
	@sh .ci/with suite,browser -m pytest -q -p schemathesis.pytest.plugin tests/slow/portal_api.py
	@sh .ci/with suite -m benchmarks.recalculate_run --count $(CASES)
	@sh .ci/with suite -m tests.slow.oracle_run --count 100000
	@sh .ci/with suite -m tests.slow.laws_run --examples 2000
	@sh .ci/with suite -m tests.slow.upgrade_run
	@sh .ci/with suite -m benchmarks.failover.failover_run --rounds $(ROUNDS)
	@PHANANH_TEST_NOW=$(MOMENT) sh .ci/with suite \
		-m pytest -q -n auto --dist loadfile --no-loadscope-reorder
	@bash .ci/versions
	@bash .ci/release

# The sdist and the wheel, checked and tried, and as dist/sbom.json what the wheel brings along.
release:
	@bash .ci/release

# Known holes in what the extras bring. A package that the advisory service does not answer for
# is an error: without that, a service that is away would read as "no known holes".
audit:
	@mkdir -p build
	@sh .ci/with suite,release -m pip freeze --exclude phananh > build/installed.txt
	@sh .ci/with suite,release -m pip_audit --strict --no-deps --disable-pip -r build/installed.txt

docs:
	@sh .ci/with dev -m tests.docs_build

docs-check:
	@sh .ci/with dev -m tests.docs_build --check

# A warning is an error: a link that leads nowhere, a page that no menu lists.
docs-site:
	@sh .ci/with site -m sphinx -E -q -W --keep-going -c docs -d build/doctrees . build/site

clean:
	rm -rf dist build
