# make run    the planner on http://127.0.0.1:8080 (PORT=… for another port)
# make test   every check, in the order of CI; stops at the first failure
# make build  dist/, ready for any static host
# make bench  speed as ratios; make clean; make setup (what is missing, once)

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.NOTPARALLEL:
.PHONY: setup setup-build build run test format lint lint-ui unit core budget browser bench clean dist

PORT ?= 8080
ENV := . scripts/env.sh;
step = @printf '\n== %s\n' "$(1)"

setup:
	$(call step,What is missing is installed)
	@scripts/setup.sh

setup-build:
	@scripts/setup.sh build

build: setup-build dist

run: build
	@exec node scripts/serve.mjs dist $(PORT)

test: setup format lint lint-ui unit core dist budget browser
	$(call step,All checks passed)

format:
	$(call step,Format: cargo fmt)
	@cargo fmt --check
	@rustfmt --check --edition 2024 bench/*/src/*.rs
	@cargo fmt --check --manifest-path solver/Cargo.toml

lint:
	$(call step,Lints of the core and its tests: clippy)
	@cargo clippy --locked --all-targets -- -D warnings
	$(call step,Lints of the solver: clippy)
	@cargo clippy --locked --manifest-path solver/Cargo.toml --all-targets --features module -- -D warnings

lint-ui:
	$(call step,Lints of the app: clippy for wasm32)
	@cargo clippy --locked --features ui --target wasm32-unknown-unknown -- -D warnings

unit:
	$(call step,Unit tests; laws; worked examples; golden links: cargo test)
	@cargo test --locked
	$(call step,The gateway and its history: cargo test of the app's own parts)
	@cargo test --locked --features ui --lib ui::
	$(call step,The solver against what is known and another solver: cargo test)
	@cargo test --locked --manifest-path solver/Cargo.toml --features solve

core:
	$(call step,The core builds without leptos)
	@cargo build --locked --lib
	@if cargo tree --locked --prefix none | grep -E '^(leptos|web-sys) '; then echo 'The core depends on the crates above: only the feature ui may.' >&2; exit 1; fi

# Trunk takes the usual NO_COLOR=1 for a mistake, hence without it.
dist:
	$(call step,Release build: trunk)
	@$(ENV) env -u NO_COLOR RUSTFLAGS="$$APP_RUSTFLAGS" trunk --log warn build --release --offline --locked

budget:
	$(call step,Budget: bytes of a first visit and on demand)
	@node scripts/budget.mjs dist

browser:
	$(call step,Browser tests: node --test)
	@$(ENV) BACKCAST_CHROMIUM="$$(find_chromium)" node --test --test-reporter=spec tests/browser/*.test.mjs

bench: setup dist
	$(call step,Benchmarks)
	@$(ENV) BACKCAST_CHROMIUM="$$(find_chromium)" bench/run.sh

clean:
	rm -rf dist target solver/target bench/*/dist bench/*/Cargo.lock bench/node_modules tests/browser/node_modules tests/browser/out
