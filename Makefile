# Two commands do everything: `make plan` runs the main job on the bundled default, `make test` runs all tests.

BUILD_PACKAGES := libxml2-dev pkg-config
TEST_PACKAGES := $(BUILD_PACKAGES) qemu-system-x86 seabios ovmf libvirt-clients libvirt-daemon libvirt-daemon-driver-qemu libxml2-utils patch
# Modules call each other for every field they read: inlining across them takes a tenth off.
RELEASE := swift build -c release --static-swift-stdlib -Xswiftc -cross-module-optimization --product berth

.PHONY: plan build test fuzz format bless clean

plan: build
	@.build/release/berth plan

build: swift
	@./.ci/install $(BUILD_PACKAGES)
	@$(RELEASE) >&2

test: swift
	@./.ci/install $(TEST_PACKAGES)
	swift build --build-tests
	@.ci/tests

# One target for some minutes with libFuzzer and AddressSanitizer; docs/fuzzing.md lists the targets.
TARGET ?= topology
MINUTES ?= 5
FUZZ := .build-fuzz
fuzz: swift
	@./.ci/install $(BUILD_PACKAGES)
	BERTH_LIBFUZZER=1 swift build -c release --scratch-path $(FUZZ) --product berth-fuzz -Xswiftc -sanitize=fuzzer,address
	@mkdir -p $(FUZZ)/corpus/$(TARGET) $(FUZZ)/found/$(TARGET) $(FUZZ)/start/$(TARGET)/seeds
	BERTH_FUZZ_TARGET=$(TARGET) BERTH_FUZZ_FOLDER=$(FUZZ)/start/$(TARGET) $(FUZZ)/release/berth-fuzz -runs=0 >/dev/null 2>&1
	BERTH_FUZZ_TARGET=$(TARGET) ASAN_OPTIONS=detect_leaks=0 $(FUZZ)/release/berth-fuzz -max_total_time=$$(($(MINUTES) * 60)) \
	  -max_len=32768 -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix=$(FUZZ)/found/$(TARGET)/ \
	  $(FUZZ)/corpus/$(TARGET) $(FUZZ)/start/$(TARGET)/seeds

# Rewrites the golden files from what the code prints now; look at the difference before committing it.
bless: swift
	BERTH_BLESS=1 swift test

format:
	swift format format -i -r Package.swift Sources Tests Topologies

clean:
	rm -rf .build

.PHONY: swift
swift:
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: https://www.swift.org/install/linux/" >&2; exit 1; }
