package biff

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// small opens the workbook of the corpus, its file cut to size bytes; 0: all of it.
func small(t *testing.T, size int, limits grid.Limits) (*Source, error) {
	t.Helper()
	whole, err := os.ReadFile("testdata/small.xls")
	if err != nil {
		t.Fatal(err)
	}
	if size > 0 {
		whole = whole[:size]
	}
	return OpenCompound(bytes.NewReader(whole), int64(len(whole)), "list.xls", limits.WithDefaults())
}

func wants(t *testing.T, err error, text string) {
	t.Helper()
	var own *judging.Error
	if !errors.As(err, &own) || own.Text != text || own.Args["File"] != "list.xls" {
		t.Errorf("%v, want %s of list.xls", err, text)
	}
}

func TestRowsComeInOrderWithinTheirLimits(t *testing.T) {
	s, err := small(t, 0, grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	last, cells := 0, 0
	err = s.Rows(0, func(l grid.Line) error {
		if l.Row <= last {
			t.Errorf("row %d after row %d", l.Row, last)
		}
		last = l.Row
		for _, c := range l.Cells {
			if !c.Blank() {
				cells++
			}
		}
		return nil
	})
	if err != nil || last < 2 || cells < 2 {
		t.Fatalf("%d rows, %d cells, %v", last, cells, err)
	}
	narrow, err := small(t, 0, grid.Limits{Rows: last - 1})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, narrow.Rows(0, func(grid.Line) error { return nil }), "sheet.too_many_rows")
	stop := errors.New("enough")
	if err := s.Rows(0, func(grid.Line) error { return stop }); err != stop {
		t.Errorf("the caller's error came back as %v", err)
	}
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	_, err := small(t, 0, grid.Limits{File: 100})
	wants(t, err, "sheet.too_big")
	_, err = small(t, 600, grid.Limits{})
	wants(t, err, "sheet.truncated")
	_, err = OpenStream([]byte{9, 0, 4, 0, 7, 0, 0x10, 0}, "list.xls", grid.Limits{}.WithDefaults())
	wants(t, err, "sheet.old_excel")
}
