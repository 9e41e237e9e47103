package read

import (
	"fayi/judging/sheet/grid"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// dumped writes what a book shows as its truth files have it: a line for each row with text, tabs between cells.
func dumped(t *testing.T, path string) string {
	t.Helper()
	b, err := Open(path, filepath.Base(path), grid.Limits{})
	if err != nil {
		t.Error(err)
		return ""
	}
	defer b.Close()
	var out strings.Builder
	for i, s := range b.Infos() {
		fmt.Fprintf(&out, "# %s\n", s.Name)
		err := b.Rows(i, nil, func(l grid.Line) error {
			line := fmt.Sprint(l.Row)
			for _, c := range l.Cells {
				line += "\t" + strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(c.Text)
			}
			if line = strings.TrimRight(line, "\t "); strings.Contains(line, "\t") {
				out.WriteString(line + "\n")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	return out.String()
}

// TestContainers reads the same tables from files of many programs: openpyxl (xlsx), xlwt (xls), LibreOffice
// (*.libreoffice.*), and writers of records and pages as web servers and Excel make them. The truth of each is what
// its sheet shows.
func TestContainers(t *testing.T) {
	truths, err := filepath.Glob("testdata/containers/*.tsv")
	if err != nil || len(truths) < 50 {
		t.Fatalf("%d truths, %v", len(truths), err)
	}
	for _, truth := range truths {
		file := strings.TrimSuffix(truth, ".tsv")
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, err := os.ReadFile(truth)
			if err != nil {
				t.Fatal(err)
			}
			if got := dumped(t, file); strings.TrimSpace(got) != strings.TrimSpace(string(want)) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
