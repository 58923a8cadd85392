# A thin wrapper: `make` installs what is missing and builds; CMake does the work.
PACKAGES := $(shell sed 's/\#.*//' packages.txt)
NINJA := ninja -C build

.PHONY: all deps configure build test format tidy clean

all: build

# Debian packages (and Node.js with npm, where there is none), then npm packages.
deps: build/.deps
build/.deps: packages.txt package.json
	@mkdir -p build
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	if [ -n "$$missing" ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi
	npm install --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

configure: build/build.ninja
build/build.ninja: build/.deps CMakePresets.json
	cmake --preset release

build: configure
	$(NINJA)

test: build
	ctest --test-dir build --output-on-failure -j2

format:
	git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i

tidy: configure
	git ls-files 'src/*.cpp' | xargs clang-tidy-19 -p build --quiet

clean:
	rm -rf build
