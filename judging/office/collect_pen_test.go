package office_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
)

// pen fills in a score sheet as a judge would in a spreadsheet program.
type pen struct {
	t    *testing.T
	d    judging.Duties
	path string
	f    *excelize.File
}

// sheetOf writes the score sheet of j001.
func sheetOf(t *testing.T, o *office.Office) string {
	t.Helper()
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "j001", words(t))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%v %v", paths, err)
	}
	return paths[0]
}

// filled copies a sheet next to itself under another name and lets edit fill it in.
func filled(t *testing.T, o *office.Office, path, name string, edit func(p *pen)) string {
	t.Helper()
	p := &pen{t: t, d: firstDuty(t, o, "j001"), path: filepath.Join(filepath.Dir(path), name)}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if p.f, err = excelize.OpenFile(p.path); err != nil {
		t.Fatal(err)
	}
	defer p.f.Close()
	edit(p)
	if err := p.f.Save(); err != nil {
		t.Fatal(err)
	}
	return p.path
}

// find returns the sheet and the row of a work, and the row of the heads above.
func (p *pen) find(w judging.Duty) (sheet string, row, head int) {
	p.t.Helper()
	for _, sheet := range p.f.GetSheetList() {
		rows, _ := p.f.GetRows(sheet)
		head := 0
		for r, row := range rows {
			for _, cell := range row {
				switch cell {
				case "作品编号":
					head = r + 1
				case string(w.Code):
					if head > 0 {
						return sheet, r + 1, head
					}
				}
			}
		}
	}
	p.t.Fatalf("no row of %s", w.Code)
	return "", 0, 0
}

// cell names the cell under a head in the row of a work; in the head's own row where head is true.
func (p *pen) cell(w judging.Duty, name string, ofHead bool) (sheet, at string) {
	p.t.Helper()
	sheet, row, head := p.find(w)
	rows, _ := p.f.GetRows(sheet)
	for c, cell := range rows[head-1] {
		first, _, _ := strings.Cut(cell, "\n")
		if first == name {
			if ofHead {
				row = head
			}
			at, _ = excelize.CoordinatesToCellName(c+1, row)
			return sheet, at
		}
	}
	p.t.Fatalf("no head %s", name)
	return "", ""
}

func (p *pen) put(w judging.Duty, head string, v any) {
	p.t.Helper()
	sheet, at := p.cell(w, head, false)
	if err := p.f.SetCellValue(sheet, at, v); err != nil {
		p.t.Fatal(err)
	}
}

// mark gives all criteria of a work a share of their weights.
func (p *pen) mark(w judging.Duty, share float64) {
	p.t.Helper()
	for name, v := range fill(p.d.Rubrics[w.Category], share) {
		p.put(w, name, v)
	}
}

// total is what mark comes to.
func total(d judging.Duties, w judging.Duty, share float64) float64 {
	sum := 0.0
	for _, v := range fill(d.Rubrics[w.Category], share) {
		sum += v
	}
	return sum
}

func all(share float64) func(p *pen) {
	return func(p *pen) {
		for _, w := range p.d.Works {
			p.mark(w, share)
		}
	}
}

// held returns the totals of j001, 0 where there is no complete score.
func held(t *testing.T, o *office.Office) map[judging.WorkCode]float64 {
	t.Helper()
	out := map[judging.WorkCode]float64{}
	for _, w := range firstDuty(t, o, "j001").Works {
		out[w.Code] = 0
		if w.State == judging.Scored {
			out[w.Code] = w.Total
		}
	}
	return out
}

func collect(t *testing.T, o *office.Office, opt collecting.Options, paths ...string) collecting.Collected {
	t.Helper()
	got, err := o.Collecting().CollectScores(t.Context(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantHeld(t *testing.T, o *office.Office, what string, share float64, but map[judging.WorkCode]float64) {
	t.Helper()
	d := firstDuty(t, o, "j001")
	for code, got := range held(t, o) {
		want, other := but[code]
		for _, w := range d.Works {
			if w.Code == code && !other {
				want = total(d, w, share)
			}
		}
		if got != want {
			t.Errorf("%s: %s has %v, want %v", what, code, got, want)
		}
	}
}
