package organizer

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fayi/app/organizer/pagetest"
)

func TestEveryEntryOfTheJournalIsToldInWords(t *testing.T) {
	written := regexp.MustCompile(`(?:log|putSecret|dropSecret)\(tx, (?:\w+, )?"([a-z]+(?:[.][a-z-]+)?)"`)
	files, err := filepath.Glob(filepath.Join("..", "..", "judging", "office", "*.go"))
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	text, found := pagetest.Chinese(t), 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(src), -1) {
			found++
			if key := "app.tale_" + slug(m[1]); text.T(key, nil) == key {
				t.Errorf("%s: the catalogue has no %s", filepath.Base(f), key)
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d verbs found", found)
	}
}
