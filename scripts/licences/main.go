// Licences lists what the programs are made of in docs/licences.md: each module that is linked into fayi or fayictl on
// Linux, Windows or macOS, its version, which program holds it, and the licence that its own files state. Call it from
// the root of the project:
//
//	go run ./scripts/licences           writes the list
//	go run ./scripts/licences -check    fails if the list is not what would be written
//	go run ./scripts/licences -texts    prints the licence files themselves
//
// It fails if a module has no licence file, if the words of one are not recognised, or if the licence is not among
// those that allow the programs to be handed on (allowed).
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

const list = "docs/licences.md"

// allowed names the licences that let us hand on the programs as they are, by their SPDX names. Those of the second
// group ask for more than a notice: what they cover must stay replaceable, or its source must be named.
var allowed = map[string]bool{
	"MIT": true, "Apache-2.0": true, "BSD-2-Clause": true, "BSD-3-Clause": true, "BSD-3-Clause-Clear": true,
	"ISC": true, "Zlib": true, "OFL-1.1": true, "BSL-1.0": true, "Unlicense": true, "CC0-1.0": true,
	"0BSD": true, "MIT-0": true, "FTL": true, "BlueOak-1.0.0": true,

	"MPL-2.0": true, "LGPL-3.0": true, "LGPL-3.0-or-later": true,
}

// systems are those the programs are packed for.
var systems = []string{"linux", "windows", "darwin"}

// programs are the folders of cmd/ that are handed on, with whether C is linked in.
var programs = []struct{ name, cgo string }{{"fayi", "1"}, {"fayictl", "0"}}

// module is one piece of work of others.
type module struct {
	path, version string
	dir           string          // where its files lie
	in            map[string]bool // names of programs
}

// notice is a licence file and what it says.
type notice struct {
	file     string // relative to the module
	licences []string
	text     []byte
}

func main() {
	check := flag.Bool("check", false, "fail if "+list+" is not up to date")
	texts := flag.Bool("texts", false, "print all licence files instead")
	flag.Parse()
	do := func() error { return run(*check) }
	if *texts {
		do = printTexts
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	modules, err := linked()
	if err != nil {
		return err
	}
	text, err := page(modules)
	if err != nil {
		return err
	}
	if !check {
		return os.WriteFile(list, text, 0o644)
	}
	is, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	if !bytes.Equal(is, text) {
		return errors.New(list + " is out of date: go run ./scripts/licences")
	}
	return nil
}

// linked returns the modules in any of the programs on any of the systems, by path.
func linked() ([]module, error) {
	found := map[string]*module{}
	for _, p := range programs {
		for _, system := range systems {
			if err := depend(found, p.name, p.cgo, system); err != nil {
				return nil, err
			}
		}
	}
	carried, err := carriedAlong()
	if err != nil {
		return nil, err
	}
	modules := make([]module, 0, len(found)+len(carried))
	for _, path := range slices.Sorted(maps.Keys(found)) {
		modules = append(modules, *found[path])
	}
	return append(modules, carried...), nil
}

// vendored is where sources of others lie that the judges' page is built from, with their versions.
const vendored = "web/vendor"

// carriedAlong returns what is vendored. versions.json names each folder; one that it does not name is an error.
func carriedAlong() ([]module, error) {
	raw, err := os.ReadFile(filepath.Join(vendored, "versions.json"))
	if err != nil {
		return nil, err
	}
	var versions map[string]string
	if err := json.Unmarshal(raw, &versions); err != nil {
		return nil, err
	}
	folders, err := os.ReadDir(vendored)
	if err != nil {
		return nil, err
	}
	var out []module
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		version := versions[f.Name()]
		if version == "" {
			return nil, fmt.Errorf("%s/versions.json does not name %s", vendored, f.Name())
		}
		dir := filepath.Join(vendored, f.Name())
		out = append(out, module{filepath.ToSlash(dir), version, dir, map[string]bool{"fayi": true, "fayictl": true}})
	}
	return out, nil
}

func depend(found map[string]*module, program, cgo, system string) error {
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/"+program)
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED="+cgo,
		"GOFLAGS=-tags=nodynamic,migrated_fynedo")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("go list of %s for %s: %w", program, system, err)
	}
	type entry struct {
		Module *struct {
			Path, Version, Dir string
			Main               bool
		}
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var e entry
		if err := dec.Decode(&e); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if e.Module == nil || e.Module.Main {
			continue
		}
		m := found[e.Module.Path]
		if m == nil {
			m = &module{e.Module.Path, e.Module.Version, e.Module.Dir, map[string]bool{}}
			found[m.path] = m
		}
		m.in[program] = true
	}
}

// printTexts prints each licence file of each module below its name.
func printTexts() error {
	modules, err := linked()
	if err != nil {
		return err
	}
	for _, m := range modules {
		notices, err := stated(m.dir)
		if err != nil {
			return err
		}
		for _, n := range notices {
			fmt.Printf("\n----\n%s %s, %s\n\n%s", m.path, m.version, n.file, n.text)
		}
	}
	return nil
}

// noticeName matches the files in which a module states its licence.
var noticeName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense|notice)([.-].*)?$`)

// aside names the folders of a module of which nothing is linked.
var aside = []string{"testdata", "example", "examples", "_examples", "cmd", ".github"}

// stated returns the licence files of a module: at its root, and deeper where it carries the work of somebody else.
func stated(dir string) ([]notice, error) {
	var notices []notice
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains(aside, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || !noticeName.MatchString(d.Name()) || strings.HasSuffix(d.Name(), ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		notices = append(notices, notice{filepath.ToSlash(name), recognised(text), text})
		return nil
	})
	return notices, err
}

// recognised returns the SPDX names of the licences whose words stand in text, each once.
func recognised(text []byte) []string {
	names := map[string]bool{}
	for _, m := range licensecheck.Scan(text).Match {
		if !m.IsURL {
			names[m.ID] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// page writes the list. All faults of all modules come as one error.
func page(modules []module) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(head)
	var faults []error
	for _, m := range modules {
		notices, err := stated(m.dir)
		if err != nil {
			return nil, err
		}
		if len(notices) == 0 {
			faults = append(faults, fmt.Errorf("%s %s states no licence", m.path, m.version))
		}
		in := strings.Join(slices.Sorted(maps.Keys(m.in)), ", ")
		for i, n := range notices {
			faults = append(faults, n.fault(m.path))
			name, version := m.path, m.version
			if i > 0 {
				name, version, in = "", "", ""
			}
			fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", name, version, in, n.file, strings.Join(n.licences, ", "))
		}
	}
	out.WriteString(foot)
	return out.Bytes(), errors.Join(faults...)
}

// lesser tells whether a licence is the GNU Lesser General Public License 3.
func lesser(licence string) bool { return strings.HasPrefix(licence, "LGPL-3.0") }

// fault tells why a module with this notice may not be handed on, or nil.
func (n notice) fault(path string) error {
	if len(n.licences) == 0 && strings.HasPrefix(strings.ToLower(n.file), "notice") {
		return nil // an addition to the licence next to it
	}
	if len(n.licences) == 0 {
		return fmt.Errorf("%s: the words of %s are not those of a known licence", path, n.file)
	}
	for _, l := range n.licences {
		// The LGPL is written as an addition to the GPL, whose words stand next to it.
		if strings.HasPrefix(l, "GPL-3.0") && slices.ContainsFunc(n.licences, lesser) {
			continue
		}
		if !allowed[l] {
			return fmt.Errorf("%s: %s says %s, which nobody has allowed", path, n.file, l)
		}
	}
	return nil
}
