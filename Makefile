# One command for each thing one does with this repository. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help build test fast system format demo bench prove docs builder-image install uninstall clean

DOTNET := dotnet
# CI restores exactly what the lock files say; so does everyone who does not change a package.
PUBLISH = $(DOTNET) publish src/Strata.Cli --no-restore --nologo --verbosity quiet -c Release -r linux-$(ARCH) -p:CppCompilerAndLinker=gcc
# Where `make install` puts things; DESTDIR is for those who make packages.
PREFIX := /usr/local
DESTDIR :=
ARCH := $(if $(filter aarch64,$(shell uname -m)),arm64,x64)

help: ## list these
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | awk -F'\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

build: ## compile the Native AOT executable: dist/strata
	@packaging/setup build
	@$(DOTNET) restore Strata.slnx --verbosity quiet
	@$(PUBLISH) -o artifacts/publish/strata
	@mkdir -p dist
	@cp artifacts/publish/strata/strata dist/strata.new && mv dist/strata.new dist/strata
	@echo "dist/strata: $$(dist/strata --version)"

test: build ## every test: format, fast tests, then the real tools
	@packaging/setup build run test tools
	@tests/run all

fast: ## the fast, hermetic tests alone
	@packaging/setup build
	@tests/run fast

system: build ## the tests that drive the real tools alone
	@packaging/setup build run test tools
	@tests/run system

format: ## put the code into the shape that `make test` asks for
	@$(DOTNET) format Strata.slnx

docs: build ## write the generated reference pages anew
	@UPDATE_EXPECTED=1 tests/run fast

demo: build ## build the example cluster, change a line, see what is rebuilt
	@packaging/setup build run test
	@examples/cluster/demo dist/strata

bench: build ## measure, as ratios in one run; writes docs/benchmarks.md
	@packaging/setup build run test
	@bench/run dist/strata

prove: build ## the long proofs: every generated input, all of the real tools
	@packaging/setup build run test tools
	@tests/run prove

builder-image: build ## build the image that builds images: localhost/strata-builder
	@packaging/setup build run
	@packaging/builder/build dist/strata

# By the environment: in the recipe, a quote in a name would be the shell's.
install uninstall: export PREFIX := $(PREFIX)
install uninstall: export DESTDIR := $(DESTDIR)

install: ## put dist/strata, completions and the manual below DESTDIR and PREFIX (/usr/local)
	@packaging/install

uninstall: ## remove what `make install` has put there
	@packaging/install --remove

clean: ## remove what was compiled
	rm -rf artifacts dist
