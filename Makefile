# Two commands do all: make run, make test. The rest are parts of them.
SHELL := /bin/bash
# The toolkit logs an error in locale C: https://github.com/fyne-io/fyne/issues/5271
ifneq ($(filter C POSIX C.%,$(LC_ALL)$(LANG))$(if $(LC_ALL)$(LANG),,none),)
export LANG := zh_CN.UTF-8
export LC_ALL :=
endif

# Pictures of phones (HEIC) are decoded inside a WebAssembly machine, never by libraries found on the computer.
export GOFLAGS += -tags=nodynamic

.PHONY: run build deps deps-test deps-long test test-long test-large faults cluster check gates docs mutants race race-all cover bench bench-all package vuln licences clean

run: build
	@scripts/run

build: deps
	go build -o bin/fayi ./cmd/fayi
	CGO_ENABLED=0 go build -o bin/fayictl ./cmd/fayictl

deps:
	@scripts/deps

deps-test:
	@scripts/deps test

deps-long:
	@scripts/deps long

# The first build of the window takes some minutes; later ones seconds. What gates has vetted is not vetted again.
test: deps-test gates
	CGO_ENABLED=0 go test -short -vet=off -timeout 30m ./assets/... ./docs/... ./internal/... ./judging/... ./cmd/fayictl/... ./scripts/...
	go test -short -vet=off -timeout 30m ./app/... ./cmd/fayi/...

# Those tests whole of which make test runs a part only.
test-long: deps-test deps-long race
	@scripts/long

# What is too large for every run: parcels beyond a gigabyte, packed in a browser.
test-large: deps-test
	FAYI_LARGE=1 CGO_ENABLED=0 go test -vet=off -count=1 -timeout 60m -run ALongParcel ./judging/parcel

# Breaks what a shared contest stands on a thousand times over; takes more than an hour. scripts/faults 20 does it 20 times.
faults: deps-test
	@scripts/faults

# Starts engines by which a contest can be shared, on this computer only, and says where; scripts/cluster stop out/cluster ends them.
cluster: deps-test deps-long
	@scripts/cluster start out/cluster

# The gates, and the mutants: too long for every test, made before a change is handed in.
check: gates mutants

gates:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt -w these files"; exit 1; }
	go run scripts/columns.go
	go mod tidy -diff
	go mod verify
	go run ./scripts/licences -check
	CGO_ENABLED=0 go vet ./assets/... ./docs/... ./internal/... ./judging/... ./cmd/fayictl/... ./scripts/...
	go vet ./app/... ./cmd/fayi/...
	go tool -modfile=scripts/tools.mod staticcheck ./...
	CGO_ENABLED=0 go test -run 'Layer|Headless|Clock|Sizes' ./judging

# Changes one operator at a time in the code that decides and expects some test to fail; what changes nothing stands in scripts/mutants/equal.json.
mutants:
	CGO_ENABLED=0 go run ./scripts/mutants

# Writes docs/licences.md from the modules that are linked in.
licences:
	go run ./scripts/licences

# Known weaknesses in what we call of others; needs the network. Says so when the database can't be reached.
vuln:
	@scripts/vuln

# Writes what is made from the code: docs/cli.*.md and the manual pages from the declarations of the commands, the list of packages in docs/architecture.md. Tests fail when they are stale.
docs:
	CGO_ENABLED=0 go test -run TestDocuments ./cmd/fayictl -update
	CGO_ENABLED=0 go test -run TestEveryPackageStands ./docs -update

# The race detector over what runs at the same time: many hands on one contest, the window's pages over goroutines, and what splits itself over the processors.
race:
	go test -race -short -vet=off -timeout 30m -run 'AtOnce|MadeOnce|ListsAreWhole|AnyNumberOfProcessors' ./judging/store ./judging/stats ./judging/office ./app

# Over everything it takes long.
race-all: deps-test
	go test -race -vet=off -p 1 -timeout 60m ./...

# How much of each tree its tests run; too little fails. The pages of what no test ran: go tool cover -html out/cover/app.out
cover: deps-test
	CGO_ENABLED=0 scripts/cover judging 90
	scripts/cover app 75

# Measures what is promised of speed against its limits, and writes docs/bench.md; the misses come last.
bench: deps
	@scripts/deps bench
	go run ./scripts/bench

# Prints all times that are measured, beside what they are measured against.
bench-all: deps
	@scripts/deps bench
	CGO_ENABLED=0 go test -run '^$$' -bench . -benchtime 1x ./judging/... ./cmd/fayictl/...
	go test -run '^$$' -bench . -benchtime 1x ./app/... ./cmd/fayi

# What users install, in dist/.
package: deps
	@scripts/deps package
	@scripts/package

clean:
	rm -rf bin out dist
