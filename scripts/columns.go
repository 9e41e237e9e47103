//go:build ignore

// Columns fails if a line of a Go file has more than 120 columns, where a tab counts as 4 and any other character
// as 1. Call it from the root of the project: go run scripts/columns.go
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
	most = 120 // columns
	tab  = 4   // columns of a tab
)

func main() {
	failed := false
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		long, err := longLines(path)
		for _, l := range long {
			fmt.Printf("%s:%d: %d columns, at most %d\n", path, l.number, l.columns, most)
			failed = true
		}
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if failed || err != nil {
		os.Exit(1)
	}
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
