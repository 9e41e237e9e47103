package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

// of returns the list of one module with the given files, or why it may not be handed on.
func of(t *testing.T, files map[string]string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := page([]module{{"example.org/made", "v1.0.0", dir, map[string]bool{"fayictl": true}}})
	return string(text), err
}

func TestALicenceIsKnownByItsWords(t *testing.T) {
	text, err := of(t, map[string]string{"LICENSE": "Copyright (c) 2020 somebody\n\n" + mit, "lib/COPYING.txt": mit})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| example.org/made | v1.0.0 | fayictl | LICENSE | MIT |", "|  |  |  | lib/COPYING.txt | MIT |",
	} {
		if !strings.Contains(text, row+"\n") {
			t.Errorf("no row %s in:\n%s", row, text)
		}
	}
}

func TestWhatNobodyAllowedIsRefused(t *testing.T) {
	beer := `"THE BEER-WARE LICENSE" (Revision 42):
<phk@FreeBSD.ORG> wrote this file. As long as you retain this notice you can do whatever you want with this stuff. If
we meet some day, and you think this stuff is worth it, you can buy me a beer in return Poul-Henning Kamp
`
	tests := map[string]struct {
		files map[string]string
		why   string
	}{
		"no licence":      {map[string]string{"readme.md": mit}, "states no licence"},
		"only of testing": {map[string]string{"testdata/LICENSE": mit}, "states no licence"},
		"own words":       {map[string]string{"LICENSE": "Do what I say."}, "not those of a known licence"},
		"another":         {map[string]string{"LICENSE": beer}, "says Beerware"},
		"another below":   {map[string]string{"LICENSE": mit, "lib/LICENSE": beer}, "says Beerware"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := of(t, test.files); err == nil || !strings.Contains(err.Error(), test.why) {
				t.Errorf("it says %v", err)
			}
		})
	}
}
