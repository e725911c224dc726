# `make help` lists what there is. Everything that is missing is set up first: a virtual environment in .venv, tools in
# .tools, node_modules in js. Stamp files remember what is done, so a second run starts at once.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The interpreters and Django releases to test with; what is absent is named and left out.
PYTHONS ?= 3.10 3.11 3.12 3.13
DJANGOS ?= 4.2 5.2 6.0
# Makes .venv: any Python from 3.10 on.
PYTHON ?= python3
WASM_PACK := 0.15.1

TOOLS := $(CURDIR)/.tools
VENV := $(CURDIR)/.venv
BENCH := $(CURDIR)/target/bench

# wasm-pack finds wasm-opt in js/node_modules; the command `scrubline` and the linters are in .venv.
export PATH := $(VENV)/bin:$(TOOLS)/bin:$(CURDIR)/js/node_modules/.bin:$(PATH)
export WASM_PACK_CACHE := $(TOOLS)/wasm-pack
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The package that Node loads is the packed tarball, as a user installs it.
PACKED := $(TOOLS)/packed
export SCRUBLINE_JS := $(PACKED)/node_modules/scrubline

say = @printf '\n==> %s\n' '$(1)'
files = $(shell find $(1) -type f -not -path '*/node_modules/*' -not -name '*.pyc' 2>/dev/null)
ENGINE := Cargo.toml Cargo.lock core/Cargo.toml $(call files,core/src core/schema)
PYTHON_SOURCES := python/Cargo.toml python/pyproject.toml $(call files,python/src python/scrubline)
JS_SOURCES := wasm/Cargo.toml js/package.json js/package-lock.json js/tsconfig.json $(call files,wasm/src js/src js/scripts)

.PHONY: help demo test bench lint package playground conformance clean
.PHONY: test-rust test-python test-js test-runtimes test-apps lint-rust lint-python lint-js lint-artifacts

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' Makefile

# ---- what users of this file call

demo: $(VENV)/.wheel $(PACKED)/.ready ## the sample Django project: Python and Node side by side, byte for byte
	$(VENV)/bin/python tests/apps/demo.py

test: test-rust test-python test-js test-runtimes test-apps ## all tests, against the wheel and the tarball that ship

lint: lint-rust lint-python lint-js lint-artifacts ## formatting, lints, types, generated files, size limits

package: dist/.wheel dist/.sdist dist/.npm ## wheel, sdist and npm tarball into dist/
	@ls -l dist

playground: $(PACKED)/.ready js/node_modules/.package-lock.json ## a page that shows what is redacted, by which detector and why; opens from disk, asks for nothing
	npm run --silent playground --prefix js

conformance: $(VENV)/.wheel $(PACKED)/.ready ## the test vectors in Rust, Python and Node
	cargo test --locked -p conformance
	$(VENV)/bin/python -m pytest -q tests/runners
	node --test tests/runners/*.test.mjs

clean: ## removes everything that was built or set up here
	rm -rf target dist .venv .tools js/dist js/pkg js/node_modules js/packaging/node_modules js/packaging/out tests/bench/js/node_modules

# ---- tests

test-rust:
	$(call say,cargo test)
	cargo test --locked --workspace

test-python: dist/.wheel $(VENV)/.ready
	$(call say,pytest on every Python and Django that is here)
	$(VENV)/bin/python .ci/matrix.py --wheel dist/*.whl --venvs $(TOOLS)/python --pythons '$(PYTHONS)' --djangos '$(DJANGOS)'

test-js: $(PACKED)/.ready $(TOOLS)/.chromium
	$(call say,npm test and the vectors in Node)
	npm test --prefix js
	node --test tests/runners/*.test.mjs

test-runtimes: dist/.npm js/packaging/node_modules/.package-lock.json $(TOOLS)/.chromium
	$(call say,the tarball in every JavaScript runtime and from every bundler)
	node js/packaging/run.js dist/*.tgz

test-apps: $(VENV)/.wheel $(PACKED)/.ready js/node_modules/.package-lock.json $(TOOLS)/.chromium $(TOOLS)/.prometheus $(TOOLS)/.redis
	$(call say,the sample project over HTTP)
	$(VENV)/bin/python -m pytest -q tests/apps

# ---- lints

lint-rust: $(TOOLS)/.wasm-target
	$(call say,format and lints and docs of Rust)
	cargo fmt --all --check
	cargo fmt --check --manifest-path core/benches/Cargo.toml
	cargo clippy --locked --workspace --exclude scrubline-wasm --all-targets -- -D warnings
	RUSTFLAGS='-C target-feature=+simd128' cargo clippy --locked -p scrubline-wasm --features regex --target wasm32-unknown-unknown -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps -p scrubline

lint-python: $(VENV)/.wheel
	$(call say,format and lints and types of Python)
	ruff check python tests
	ruff check --config tests/ruff.toml .ci
	ruff format --check python tests
	ruff format --check --config tests/ruff.toml .ci
	cd python && mypy --strict scrubline
	$(VENV)/bin/python .ci/typed_dicts.py --check

lint-js: js/node_modules/.package-lock.json
	$(call say,tsc)
	cd js && tsc -p tsconfig.json --noEmit && tsc -p playground

lint-artifacts: dist/.wheel dist/.npm $(VENV)/.ready
	$(call say,what ships: sizes and build paths)
	$(VENV)/bin/python .ci/artifacts.py dist

# ---- what ships

# Packagers take the licence from the package's own folder only, and the one file is at the top.
with_licence = trap 'rm -f $(1)/LICENSE' EXIT; cp LICENSE $(1)/; $(2)

# Panic messages name source files. In what ships they do not start at the home directory of who built it. Half as much is inlined as LLVM
# would: a thirtieth of the wheel, and no slower.
dist/.wheel: export RUSTFLAGS += --remap-path-prefix=$(CURDIR)=. --remap-path-prefix=$(shell rustc --print sysroot)=rust \
	--remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo -C llvm-args=-inlinedefault-threshold=120

dist/.wheel: $(ENGINE) $(PYTHON_SOURCES) | $(VENV)/.ready
	$(call say,the wheel: an optimised build that takes a few minutes)
	@rm -f dist/*.whl
	$(call with_licence,python,maturin build --release --locked --compression-level 9 --manifest-path python/Cargo.toml --out dist)
	@touch $@

dist/.sdist: $(ENGINE) $(PYTHON_SOURCES) | $(VENV)/.ready
	@rm -f dist/scrubline-*.tar.gz
	$(call with_licence,python,maturin sdist --manifest-path python/Cargo.toml --out dist)
	@touch $@

dist/.npm: $(ENGINE) $(JS_SOURCES) | js/node_modules/.package-lock.json $(TOOLS)/.wasm-pack $(TOOLS)/.wasm-target
	$(call say,the npm package)
	@rm -f dist/*.tgz; mkdir -p dist
	npm run build --prefix js
	$(call with_licence,js,npm pack ./js --silent --pack-destination dist)
	@touch $@

# ---- set-up

$(VENV)/.ready: .ci/requirements.txt .ci/test-requirements.txt tests/apps/requirements.txt
	$(call say,a virtual environment in .venv)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install -q -r .ci/requirements.txt -r tests/apps/requirements.txt
	@touch $@

$(VENV)/.wheel: dist/.wheel $(VENV)/.ready
	$(VENV)/bin/python -m pip install -q --force-reinstall --no-deps dist/*.whl
	@touch $@

$(PACKED)/.ready: dist/.npm
	@rm -rf $(PACKED); mkdir -p $(PACKED)
	cd $(PACKED) && npm init -y >/dev/null && npm install --silent --no-audit --no-fund $(CURDIR)/dist/*.tgz
	@touch $@

js/node_modules/.package-lock.json: js/package.json js/package-lock.json
	$(call say,npm ci in js)
	npm ci --prefix js --no-audit --no-fund
	@touch $@

js/packaging/node_modules/.package-lock.json: js/packaging/package.json js/packaging/package-lock.json
	$(call say,npm ci in js/packaging: 900 MB of runtimes and bundlers)
	npm ci --prefix js/packaging --no-audit --no-fund
	@touch $@

$(TOOLS)/.wasm-pack:
	@mkdir -p $(TOOLS)
	@if wasm-pack --version 2>/dev/null | grep -qxF 'wasm-pack $(WASM_PACK)'; then echo 'wasm-pack $(WASM_PACK) is here'; else \
		printf '\n==> %s\n' 'cargo install wasm-pack: about two minutes, once'; \
		cargo install wasm-pack --locked --version $(WASM_PACK) --root $(TOOLS); fi
	@touch $@

$(TOOLS)/.wasm-target:
	@mkdir -p $(TOOLS)
	@test -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" || rustup target add wasm32-unknown-unknown
	@touch $@

$(TOOLS)/.chromium:
	@mkdir -p $(TOOLS)
	@.ci/apt chromium chromium
	@touch $@

# With its server comes promtool.
$(TOOLS)/.prometheus:
	@mkdir -p $(TOOLS)
	@.ci/apt promtool prometheus
	@touch $@

$(TOOLS)/.redis:
	@mkdir -p $(TOOLS)
	@.ci/apt redis-server redis-server
	@touch $@

# ---- benchmarks

bench: $(BENCH)/.data $(VENV)/.wheel $(BENCH)/.python-peers tests/bench/js/node_modules/.ready ## speed and size beside the peers, with the bars of the project
	$(call say,Rust: building the engine and its peers)
	CARGO_TARGET_DIR=$(CURDIR)/target/benches cargo build --release --locked --manifest-path core/benches/Cargo.toml
	target/benches/release/lines $(BENCH) tests/bench $(BENCH)/bars-1-rust
	$(VENV)/bin/python tests/bench/python_bench.py $(BENCH) $(BENCH)/bars-2-python --wheel dist/*.whl
	$(VENV)/bin/python tests/bench/http_bench.py $(BENCH)/bars-2-http
	node tests/bench/js/bench.js $(BENCH) $(BENCH)/bars-3-node
	$(call say,the bars)
	@cat $(BENCH)/bars-*

$(BENCH)/.data: tests/bench/generate.py $(wildcard tests/bench/templates/*)
	$(call say,lines and records for the benchmarks)
	@mkdir -p $(BENCH)
	$(PYTHON) tests/bench/generate.py $(BENCH)
	@touch $@

$(BENCH)/.python-peers: tests/bench/requirements.txt $(VENV)/.ready
	$(VENV)/bin/python -m pip install -q -r tests/bench/requirements.txt
	@mkdir -p $(BENCH) && touch $@

tests/bench/js/node_modules/.ready: tests/bench/js/package.json dist/.npm
	@rm -rf tests/bench/js/node_modules
	cd tests/bench/js && npm install --silent --no-package-lock --no-audit --no-fund && npm install --silent --no-package-lock --no-save --no-audit --no-fund $(CURDIR)/dist/*.tgz
	@touch $@
