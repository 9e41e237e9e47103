//go:build ignore

// Columns fails if a line of a Go file has more than 120 columns, where a tab counts as 4 and any other character as 1.
// Call it from the root of the project: go run scripts/columns.go
//
// scripts/columns.allow lists folders that may still have long lines, one a line; “name/...” stands for all folders
// below name, too. An entry without any long line is an error, so that the list can only shrink.
package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	most      = 120 // columns
	tab       = 4   // columns of a tab
	allowFile = "scripts/columns.allow"
)

func main() {
	failed, err := check()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if failed || err != nil {
		os.Exit(1)
	}
}

// check prints what is wrong and reports whether there was anything.
func check() (failed bool, err error) {
	allowed, err := readAllowed()
	if err != nil {
		return false, err
	}
	used := map[string]bool{}
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		entry := cover(allowed, filepath.ToSlash(filepath.Dir(path)))
		long, err := longLines(path)
		for _, l := range long {
			if used[entry] = true; entry == "" {
				fmt.Printf("%s:%d: %d columns, at most %d\n", path, l.number, l.columns, most)
				failed = true
			}
		}
		return err
	})
	for _, a := range allowed {
		if !used[a] {
			fmt.Printf("%s: %s has no long lines: remove the entry\n", allowFile, a)
			failed = true
		}
	}
	return failed, err
}

// readAllowed returns the entries of the allow list; without the file there are none.
func readAllowed() ([]string, error) {
	data, err := os.ReadFile(allowFile)
	if os.IsNotExist(err) {
		return nil, nil
	}
	return strings.Fields(string(data)), err
}

// cover returns the first entry that stands for dir, or "".
func cover(allowed []string, dir string) string {
	for _, a := range allowed {
		root, all := strings.CutSuffix(a, "/...")
		if dir == root || all && strings.HasPrefix(dir, root+"/") {
			return a
		}
	}
	return ""
}

type line struct{ number, columns int }

func longLines(path string) (long []line, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		columns := 0
		for _, r := range s.Text() {
			if columns++; r == '\t' {
				columns += tab - 1
			}
		}
		if columns > most {
			long = append(long, line{n, columns})
		}
	}
	return long, s.Err()
}
