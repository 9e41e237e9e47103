package sample

import (
	"fmt"
	"testing"

	"github.com/BurntSushi/toml"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/archive"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
)

func bundledRules(t *testing.T) judging.Rules {
	t.Helper()
	var rules judging.Rules
	if err := toml.Unmarshal(rubrics.LegalCulture, &rules); err != nil {
		t.Fatal(err)
	}
	return rules
}

// open spools an entry and opens it as a workbook.
func open(t *testing.T, e archive.Entry) *read.Book {
	t.Helper()
	at, err := archive.Spool(t.Context(), e, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b, err := read.Open(at, e.Path, grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// worksReadBack reads the untidy workbooks back: every work as it was drawn, and what is wrong as often as the
// summary says.
func worksReadBack(t *testing.T, dir string, s Summary) {
	c, err := invent(7)
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]*work{}
	for _, w := range c.works {
		drawn[judging.Work{Category: w.category, Title: w.title, Authors: w.authors}.Key()] = w
	}
	rules := bundledRules(t)
	var books, rejected, again, odd int
	seen := map[string]bool{}
	read := func(r table.WorkRow) error {
		for _, p := range r.Problems {
			if p.Text == "sheet.odd_phone" {
				odd++
			}
		}
		if r.Rejected() {
			rejected++
			return nil
		}
		key := r.Work.Key()
		if seen[key] {
			again++
		}
		seen[key] = true
		w := drawn[key]
		if w == nil {
			t.Errorf("%s row %d: no such work was drawn", r.Work.Source.File, r.Work.Source.Row)
			return nil
		}
		if r.Work.Group != w.group || r.Work.Unit != w.unit && w.book != "model" ||
			fmt.Sprint(r.Work.Teachers) != fmt.Sprint(w.teachers) {
			t.Errorf("%s row %d: group, unit or teachers differ", r.Work.Source.File, r.Work.Source.Row)
		}
		return nil
	}
	skipped, err := archive.Walk(t.Context(), dir+"/来稿", archive.Usual, func(e archive.Entry) error {
		if kind, err := e.Kind(); kind != filetype.Workbook {
			return err
		}
		books++
		_, told, err := table.ReadWorks(t.Context(), open(t, e), rules, mapping.Options{}, read)
		for _, p := range told {
			if n, ok := p.Args["N"].(int); ok && p.Text == "sheet.ditto" {
				odd += n
			}
		}
		return err
	})
	if err != nil || len(skipped) > 0 {
		t.Fatal(err, skipped)
	}
	if books != s.Books || len(seen) != s.Works || rejected != s.Rejected || again != s.DuplicateRows ||
		odd != s.OddPhones {
		t.Errorf(
			"%d books, %d works, %d rejected, %d again, %d odd phones; told %+v",
			books,
			len(seen),
			rejected,
			again,
			odd,
			s,
		)
	}
}

func TestJudgesReadBack(t *testing.T) {
	c, err := invent(1)
	if err != nil {
		t.Fatal(err)
	}
	data, err := workbook(c.judgeBook())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := put(dir, file{"评委.xlsx", data}); err != nil {
		t.Fatal(err)
	}
	b, err := read.Open(dir+"/评委.xlsx", "评委.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	_, want := nouns(c)
	n := 0
	_, _, err = table.ReadJudges(t.Context(), b, bundledRules(t), mapping.Options{}, func(r table.JudgeRow) error {
		j, w := r.Judge, want[n]
		n++
		if j.Name != w.Name || j.Unit != w.Unit || j.MaxLoad != w.MaxLoad || len(j.Categories) != len(w.Categories) ||
			len(r.Problems) > 0 {
			t.Errorf("judge %d: knows %v, want %v; %v", n, j.Categories, w.Categories, r.Problems)
		}
		return nil
	})
	if err != nil || n != len(want) {
		t.Errorf("%d judges, %v", n, err)
	}
}
