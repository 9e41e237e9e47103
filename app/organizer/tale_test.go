package organizer

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

func TestEveryEntryOfTheJournalIsToldInWords(t *testing.T) {
	written := regexp.MustCompile(`(?:[lL]og|[pP]utSecret|[dD]ropSecret)\(tx, (?:\w+, )?"([a-z]+(?:[.][a-z_-]+)?)"`)
	var files []string
	err := filepath.WalkDir(filepath.Join(
		"..", "..", "judging", "office",
	), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	text, found := pagetest.Chinese(t), 0
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(src), -1) {
			found++
			if key, args := office.Tale(judging.Entry{Verb: m[1]}, 1); text.T(key, args) == key {
				t.Errorf("%s: the catalogue has no %s", filepath.Base(f), key)
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d verbs found", found)
	}
}
