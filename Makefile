# Two commands do everything: `make plan` runs the main job on the bundled default, `make test` runs all tests.

BUILD_PACKAGES := libxml2-dev pkg-config
TEST_PACKAGES := $(BUILD_PACKAGES) qemu-system-x86 seabios ovmf libvirt-clients libvirt-daemon libvirt-daemon-driver-qemu libxml2-utils patch
# Modules call each other for every field they read: inlining across them takes a tenth off. Types that are named by a string
# are looked up among all conformances of the program when first used, which is a tenth of a short run.
RELEASE := -c release --static-swift-stdlib -Xswiftc -cross-module-optimization \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors

# What `berth --version` names besides the release.
COMMIT := $(shell git describe --always --dirty --exclude '*' 2>/dev/null)

.PHONY: plan build install uninstall deb try-deb site docs test test-pages field rom live live-libvirt rehearse-all fuzz benchmarks format bless docs-tables \
	fidelity clean

plan: build
	@.build/release/berth plan

# libxml2 is linked into the tool, because its soname differs from one Debian to the next; LIBXML2=shared takes the distribution's.
LIBXML2 ?= static
ARCHIVES := $(if $(filter static,$(LIBXML2)),.build/archives)
build: swift
	@./.ci/install $(BUILD_PACKAGES) $(if $(ARCHIVES),libicu-dev liblzma-dev zlib1g-dev)
	@$(if $(ARCHIVES),Packaging/static-libxml2 $(ARCHIVES))
	@BERTH_COMMIT="$(COMMIT)" $(if $(ARCHIVES),PKG_CONFIG_PATH="$(CURDIR)/$(ARCHIVES):$$PKG_CONFIG_PATH") swift build $(RELEASE) --product berth >&2

# `make install PREFIX=/usr DESTDIR=/tmp/root`, as packagers have it; BERTH: one that was built already.
PREFIX ?= /usr/local
install: $(if $(BERTH),,build)
	Packaging/install "$(or $(BERTH),.build/release/berth)" "$(PREFIX)" "$(DESTDIR)"

uninstall:
	Packaging/install -u - "$(PREFIX)" "$(DESTDIR)"

# A package for the Debian that it is made on and later ones, in .build/deb.
deb: $(if $(BERTH),,build)
	@./.ci/install dpkg-dev binutils
	Packaging/deb "$(or $(BERTH),.build/release/berth)" .build/deb

# Installs, runs and removes the package in a clean root of a Debian, as root: `make try-deb SUITE=trixie`.
SUITE ?= bookworm
try-deb:
	@./.ci/install debootstrap
	Packaging/try-deb .build/deb/berth_*.deb $(SUITE) /var/tmp/berth-$(SUITE)

# The documentation as pages that a browser opens from the disk, in .build/site; a link that leads nowhere is an error.
site:
	@./.ci/install cmark-gfm python3
	Packaging/site .build/site

# The reference of the library's public face, in .build/reference, with the toolchain's DocC. It wants a server:
# `python3 -m http.server -d .build/reference`.
docs: swift
	@./.ci/install $(BUILD_PACKAGES)
	swift build --target Berth
	Packaging/reference .build/debug .build/reference

# CHECKS: flags of the build, by which .ci/run makes warnings errors without building everything twice.
test: swift
	@./.ci/install $(TEST_PACKAGES)
	swift build --build-tests $(CHECKS)
	@.ci/tests

# Pages in headless Chromium at two widths: choices, filters, keys, themes, paper, words that run into each other. Its package is
# large, so that it is no part of `make test`.
test-pages: swift
	@./.ci/install $(BUILD_PACKAGES) chromium fonts-dejavu-core
	swift build --product berth
	Tests/Pages/drive .build/debug/berth

# What people feed the tool: Tests/FieldTests has the cases and what is right.
field: swift
	swift test --filter FieldTests

# The images of the register writer's option ROM, out of their sources: the same bytes every time.
rom:
	@./.ci/install clang-14 lld-14
	Sources/OptionROM/Firmware/build Sources/OptionROM/Firmware
	chmod 644 Sources/OptionROM/Firmware/bios.bin Sources/OptionROM/Firmware/uefi.efi

# Guests drawn at random, predicted and booted: `make live STACK=debian-13 ROOT=/var/tmp/debian-13 N=100 SEED=1`, in the Debian
# that Tests/Recorders/install-stack put under ROOT; without STACK and ROOT on this machine's. KIND is any, buses or windows. What
# comes of it is kept for `make fidelity`.
live: swift
	@./.ci/install $(TEST_PACKAGES)
	swift build --build-tests
	PATH="$(CURDIR)/Tests/Recorders:$$PATH" BERTH_LIVE_STACK="$(STACK)" BERTH_LIVE_ROOT="$(ROOT)" BERTH_LIVE_GUESTS="$(N)" \
		BERTH_LIVE_SEED="$(SEED)" BERTH_LIVE_KIND="$(KIND)" BERTH_LIVE_KEEP=1 swift test --skip-build --filter "LiveDifferentialTests|LiveCarrierTests|RealCommandLineTests"

# Changed documents, judged and asked: `make live-libvirt STACK=debian-13 ROOT=/var/tmp/debian-13 N=3000 SEED=1` holds every verdict
# against the libvirt of the Debian under ROOT; without STACK and ROOT against this machine's.
live-libvirt: swift
	@./.ci/install $(TEST_PACKAGES)
	swift build --build-tests
	BERTH_LIVE_STACK="$(STACK)" BERTH_LIVE_ROOT="$(ROOT)" $(if $(N),BERTH_LIVE_CHANGES="$(N)") $(if $(SEED),BERTH_LIVE_CHANGE_SEED="$(SEED)") \
		swift test --skip-build --filter LiveVerdictTests

# Every bundled guest with every strategy that can be emitted, booted and compared: `make rehearse-all STACK=debian-13 ROOT=/var/tmp/debian-13`
# writes its section of docs/rehearsal-matrix.md. BERTH_REHEARSE_TIME bounds it, in seconds.
rehearse-all: swift
	@./.ci/install $(TEST_PACKAGES)
	swift build --product berth
	Tests/Recorders/rehearse-all .build/debug/berth docs/rehearsal-matrix.md $(STACK) $(ROOT)

# One target for some minutes with libFuzzer and AddressSanitizer; docs/fuzzing.md lists the targets.
TARGET ?= topology
MINUTES ?= 5
SANITIZE ?= fuzzer,address
FUZZ := .build-fuzz
fuzz: swift
	@./.ci/install $(BUILD_PACKAGES)
	BERTH_LIBFUZZER=1 BERTH_SANITIZE=$(SANITIZE) swift build -c release --scratch-path $(FUZZ) --product berth-fuzz \
		-Xswiftc -sanitize=$(SANITIZE)
	@mkdir -p $(FUZZ)/corpus/$(TARGET) $(FUZZ)/found/$(TARGET)
	BERTH_FUZZ_TARGET=$(TARGET) BERTH_FUZZ_FOLDER=$(FUZZ)/seeds/$(TARGET) ASAN_OPTIONS=detect_leaks=0 \
		$(FUZZ)/release/berth-fuzz -max_total_time=$$(($(MINUTES) * 60)) -max_len=32768 -timeout=60 -rss_limit_mb=4096 \
		-print_final_stats=1 -artifact_prefix=$(FUZZ)/found/$(TARGET)/ $(FUZZ)/corpus/$(TARGET) $(FUZZ)/seeds/$(TARGET)

# Figures for people, on a quiet machine: `make benchmarks SECTIONS="guest compare"`; all of them without SECTIONS.
benchmarks: build
	BERTH_BENCHMARKS=1 swift run $(RELEASE) benchmarks $(SECTIONS)

# Rewrites the golden files from what the code prints now; look at the difference before committing it.
bless: swift
	BERTH_BLESS=1 swift test

# Writes what of the documentation is made from registries and from the tool's output; tests hold the pages against them.
docs-tables: swift
	BERTH_BLESS=1 swift test --filter "TableTests|ReadmeTests|SchemaTests|CatalogPageTests|ConsoleTests"

format:
	swift format format -i -r Package.swift Sources Tests Topologies

clean:
	rm -rf .build

# Counts how many recordings are predicted exactly, and writes that and the live comparisons to docs/fidelity.md.
fidelity: swift
	BERTH_BLESS=1 swift test --filter FidelityTableTests

.PHONY: swift
swift:
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: https://www.swift.org/install/linux/" >&2; exit 1; }
