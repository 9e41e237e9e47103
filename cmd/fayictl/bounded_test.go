//go:build unix

package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
)

// wrongs is what an import with very much wrong said: to people, and to programs.
type wrongs struct {
	text string
	doc  struct {
		Rows     []any
		Problems []any
		Loose    []any
		Rejected int
		Accepted int
		Files    struct{ Unmatched int }
	}
	bytes int // of the document
}

func (w wrongs) log(t *testing.T, grown int64) {
	t.Helper()
	t.Logf("%d bytes to people, %d bytes of JSON: %d rows, %d problems, %d files; contest grown by %d KB", len(w.text),
		w.bytes, len(w.doc.Rows), len(w.doc.Problems), len(w.doc.Loose), grown>>10)
}

// bringIn tells what an import would do to people, makes it for a program, and returns what was said and by how many
// bytes the contest's data grew.
func bringIn(t *testing.T, args ...string) (all wrongs, grown int64) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	run := func(args ...string) (string, []byte) {
		var out, noted bytes.Buffer
		code := command.Run(t.Context(), nouns, args, command.World{Out: &out, Err: &noted, In: strings.NewReader(""),
			Lang: "zh_CN.UTF-8", Now: time.Now, Random: rand.Reader})
		if code != 0 {
			t.Fatalf("%q: exit %d\n%.2000s", args, code, &noted)
		}
		if lines := bytes.Count(noted.Bytes(), []byte("\n")) + bytes.Count(out.Bytes(), []byte("\n")); lines > 1100 &&
			args[len(args)-1] != "json" {
			t.Errorf("%q says %d lines", args, lines)
		}
		return noted.String() + out.String(), out.Bytes()
	}
	size := func() int64 {
		info, err := os.Stat(filepath.Join(dir, "contest.db"))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	run("contest", "new", dir, "--name", "示例")
	grown = -size()
	all.text, _ = run(append([]string{"works", "import", dir, "--dry-run"}, args...)...)
	_, doc := run(append(append([]string{"works", "import", dir}, args...), "--format", "json")...)
	grown += size()
	all.bytes = len(doc)
	if err := json.Unmarshal(doc, &all.doc); err != nil {
		t.Fatal(err)
	}
	run("problems", "list", dir)
	run("contest", "open-points", dir)
	return all, grown
}

// TestProblemsAreBoundedHoweverManyThereAre: what an import says, and what it keeps of what is wrong, does not grow
// with the list without end, and the rest is counted.
func TestProblemsAreBoundedHoweverManyThereAre(t *testing.T) {
	many := 200_000
	if testing.Short() {
		many = 12_000
	}
	list := func(row func(i int) string, n int) string {
		path := filepath.Join(t.TempDir(), "汇总表.csv")
		var b strings.Builder
		b.WriteString("作品名称,类别,组别,作者,单位,联系电话\n")
		for i := range n {
			b.WriteString(row(i) + "\n")
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cases := map[string][]string{
		"no titles": {list(func(i int) string { return fmt.Sprintf(",书法,小学组,甲%d,示例小学,1", i) }, many)},
		"all otherwise": {list(func(i int) string {
			return fmt.Sprintf("题%d,类%d,组%d,甲,单位%d,1%d", i, i, i, i, i)
		}, many/3)},
		"works all same": {list(func(i int) string { return fmt.Sprintf("题%d,书法,组%d,甲,单位,电%d", i, i, i) }, 10_000)},
	}
	for name, args := range cases {
		t.Run(name, func(t *testing.T) {
			all, grown := bringIn(t, args...)
			all.log(t, grown)
			// what is right comes in; of what is wrong a bounded part is listed and kept
			if works := len(all.doc.Rows) - 2000; works > 0 && works != 8_000 || len(all.doc.Problems) > 2 {
				t.Errorf("%d rows and %d problems", len(all.doc.Rows), len(all.doc.Problems))
			}
			if all.doc.Rejected > 0 && !strings.Contains(all.text, fmt.Sprintf("另有 %d 行未收", all.doc.Rejected-2000)) {
				t.Errorf("nobody says how many more rows there are: %s", all.text)
			}
			if works := all.doc.Accepted; grown > int64(12<<20+works<<10) {
				t.Errorf("the contest grew by %d KB", grown>>10)
			}
		})
	}
	if testing.Short() {
		return
	}
	t.Run("files", func(t *testing.T) {
		in := t.TempDir()
		for i := range 20_000 {
			path := filepath.Join(in, fmt.Sprintf("怪\n%05d\x1b[1m.txt", i))
			err := error(nil)
			if i%10 < 3 {
				err = os.WriteFile(path, fmt.Append(nil, i), 0o600)
			} else {
				err = os.Symlink("/dev/zero", path)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		all, grown := bringIn(t, list(func(int) string { return "题,书法,小学组,甲,示例小学,13800000001" }, 1), "--media", in)
		all.log(t, grown)
		for _, rest := range []string{"另有 4000 个文件也没有配上作品", "另有 12000 个文件也有问题"} {
			if !strings.Contains(all.text, rest) {
				t.Errorf("nobody says %s: %s", rest, all.text)
			}
		}
		if n := len(all.doc.Problems); n != 2002 || len(all.doc.Loose) != 2000 || all.doc.Files.Unmatched != 6000 {
			t.Errorf("%d problems, %d files without work, %d counted", n, len(all.doc.Loose), all.doc.Files.Unmatched)
		}
		if grown > 16<<20 { // each file is kept, to be given to a work: 6,000 records
			t.Errorf("the contest grew by %d KB", grown>>10)
		}
	})
}
