# demo · test · bench · run · fmt · check. Each does its own set-up; README.md says what they need.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo test bench run fmt check format deny unit build browser openapi web system-demo system-test measure clean

DEMO_DIR ?= demo-data
LISTEN ?= 127.0.0.1:8080

## Builds the product, fills an empty folder with the demo city and serves it.
demo: system-demo web
	cargo build --profile demo -p tongxin
	target/demo/tongxin demo --data $(DEMO_DIR) --listen $(LISTEN)

## Everything a change must pass. The compiler that builds the tests is Clippy's, so that nothing
## is compiled a second time to be linted; what it builds lies beside what `cargo test` builds.
test: export RUSTC_WORKSPACE_WRAPPER = clippy-driver
test: export CLIPPY_ARGS = -D__CLIPPY_HACKERY__warnings
test: export CARGO_INCREMENTAL = 0
# Nobody steps through what is built here; a panic names its line without.
test: export CARGO_PROFILE_DEV_DEBUG = 0
test: system-test format deny unit openapi browser

## Formatting, lints, licences.
check: web format
	cargo clippy --workspace --all-targets --locked -- -D warnings
	$(MAKE) deny

format:
	cargo fmt --all -- --check

deny:
	scripts/cargo-deny

## Rules, properties, both engines, HTTP. Starts its own PostgreSQL and stops it.
unit: web
	scripts/with-postgres cargo test --workspace --locked

## The binary and the gallery, as the tests built them: the whole workspace, so that no crate
## is compiled a second time with other features.
build: web
	cargo build --workspace --bins --examples --locked

## The OpenAPI document against the standard's own validator, and the API against the document.
openapi: build
	scripts/check-openapi target/debug/tongxin
	scripts/check-api

## The pages in a real browser.
browser: build
	npm --prefix e2e ci --no-audit --no-fund --loglevel=error
	TONGXIN_BIN=$(CURDIR)/target/debug/tongxin TONGXIN_GALLERY=$(CURDIR)/target/debug/examples/gallery npm --prefix e2e test

## Styles and scripts, built once and embedded in the binary.
web: web/dist/manifest.json

web/dist/manifest.json: web/package-lock.json $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null) $(shell find crates foundation features overviews -name '*.html' -path '*templates*' 2>/dev/null)
	npm --prefix web ci --no-audit --no-fund --loglevel=error
	npm --prefix web run build
	touch $@

## A server on ./data for working on the product.
run: web
	cargo run -p tongxin -- serve --data data --listen $(LISTEN)

fmt:
	cargo fmt --all

## Measures the product on both engines at 10,000 matters and at a million, beside its bare
## limits, and writes docs/performance.md: about 20 minutes, 10 GB of disk while it runs.
## SCALE=10k takes a few minutes and prints only; SCALE=1m likewise; ENGINE=sqlite or postgres;
## REGISTERS=yes measures a register alone (8 minutes) and writes its part of the page.
bench: web
	cargo build --release -p tongxin -p tongxin-bench --locked
	TONGXIN_POSTGRES_DURABLE=1 scripts/with-postgres target/release/tongxin-bench \
	  --product target/release/tongxin $(if $(SCALE),--scale $(SCALE)) $(if $(ENGINE),--engine $(ENGINE)) \
	  $(if $(REGISTERS),--registers) $(if $(SCALE)$(ENGINE),,--page docs/performance.md)

## Measures a newcomer's first `make demo` and writes it to docs/performance.md.
measure:
	scripts/measure-demo

system-demo:
	scripts/system-packages demo

system-test:
	scripts/system-packages test

clean:
	rm -rf target web/dist web/node_modules e2e/node_modules e2e/out
