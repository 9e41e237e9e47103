package journal

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheManualNamesWhatTheJournalVouchesFor: each table in both languages, and no other as one.
func TestTheManualNamesWhatTheJournalVouchesFor(t *testing.T) {
	named := regexp.MustCompile("`([a-z_]+)`")
	for file, begin := range map[string]string{
		"manual.zh-Hans.md": "由日志担保的表", "manual.en.md": "The journal vouches for these tables",
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		_, rest, found := strings.Cut(string(text), begin)
		if !found {
			t.Fatalf("%s does not say %q", file, begin)
		}
		line, _, _ := strings.Cut(rest, "\n")
		seen := map[string]bool{}
		for _, m := range named.FindAllStringSubmatch(line, -1) {
			if seen[m[1]] = true; vouched[m[1]] == 0 {
				t.Errorf("%s names %s, for which the journal does not vouch", file, m[1])
			}
		}
		for table := range vouched {
			if !seen[table] {
				t.Errorf("%s does not name %s", file, table)
			}
		}
	}
}
