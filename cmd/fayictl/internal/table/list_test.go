package table

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
)

// write puts text into a new file and returns its path.
func write(tb testing.TB, name string, text []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, text, 0o644); err != nil {
		tb.Fatal(err)
	}
	return path
}

func TestListsOfPairsComeInEverydayForms(t *testing.T) {
	for name, text := range map[string]string{
		"utf-8":         "work,judge\n1,2\n3,4\n",
		"mark, blanks":  "\uFEFFWork , 评委\n\n１,２\n,\n3,4,x\n",
		"other columns": "no,judge,work\n1,2,1\n2,4,3\n",
		"gb18030":       "\xd7\xf7\xc6\xb7,\xc6\xc0\xce\xaf\n1,2\n3,4\n",
	} {
		var got []string
		err := readList(write(t, "list.csv", []byte(text)), two(workHeads, judgeHeads), func(r listRow) error {
			got = append(got, r.cells[0]+"-"+r.cells[1])
			return nil
		})
		if err != nil || strings.Join(got, " ") != "1-2 3-4" {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
}

func FuzzReadList(f *testing.F) {
	for _, seed := range []string{"work,judge\n1,2\n", "", "work", "work,judge\n1\n", "作品,评委\n\"1\n", "work,work\n1,1",
		"\xff\xfe\x00", "work,judge\n,2\n", "judge,work\r\n9,9\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows := 0
		err := readList(write(t, "list.csv", text), two(workHeads, judgeHeads), func(r listRow) error {
			if rows++; r.cells[0] == "" || r.cells[1] == "" || r.row < 2 {
				t.Errorf("half a row was given: %+v", r)
			}
			return nil
		})
		if err != nil && judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%v", err)
		}
	})
}
