package mapping

import (
	"testing"

	"fayi/judging/sheet/field"
)

func TestACorrectionConcernsWhatItNames(t *testing.T) {
	for _, c := range []struct {
		correction Correction
		want       bool
	}{
		{Correction{}, true},
		{Correction{Sheet: "one"}, true},
		{Correction{Sheet: "two"}, false},
		{Correction{Signature: "s"}, true},
		{Correction{Signature: "z"}, false},
		{Correction{Sheet: "one", Signature: "z"}, false},
		{Correction{Sheet: "two", Signature: "s"}, false},
	} {
		if got := c.correction.Concerns("one", "s"); got != c.want {
			t.Errorf("%+v: %v", c.correction, got)
		}
	}
}

func TestTheLaterHeaderRowStands(t *testing.T) {
	o := Options{Fixed: []Correction{
		{HeaderRow: 3}, {Sheet: "one", HeaderRow: -1}, {Sheet: "one"}, {Signature: "s", HeaderRow: 9},
	}}
	for sheet, want := range map[string]int{"one": -1, "two": 3} {
		if row, given := o.HeaderRow(sheet); row != want || !given {
			t.Errorf("%s: %d, %v", sheet, row, given)
		}
	}
	if row, given := (Options{Fixed: []Correction{{Sheet: "two", HeaderRow: 3}}}).HeaderRow("one"); given {
		t.Errorf("the row %d of another sheet", row)
	}
}

func TestColumnsAreFoundByTheirField(t *testing.T) {
	m := Mapping{Columns: []Column{
		{Letter: "A", Field: field.Author}, {Letter: "B", Field: field.Title}, {Letter: "C", Field: field.Author},
	}}
	if got := m.Of(field.Author); len(got) != 2 || got[0].Letter != "A" || got[1].Letter != "C" {
		t.Errorf("%+v", got)
	}
	if got := m.Of(field.Phone); got != nil {
		t.Errorf("%+v", got)
	}
}
