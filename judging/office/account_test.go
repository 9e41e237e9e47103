package office_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/problems"
)

func TestTheAccountOfAnImportIsKeptAndItsRowsAddUp(t *testing.T) {
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	a, err := o.Problems().Account(t.Context(), r.Intake)
	must(t, err)
	if len(a.Sheets) != 1 || a.ID != r.Intake {
		t.Fatalf("%+v", a)
	}
	s := a.Sheets[0]
	if !s.AddsUp() || s.Rows != 6 || s.Taken != r.Accepted || s.Refused != r.Rejected || s.Noted != 1 {
		t.Fatalf("%+v of %+v", s, r.RowTally)
	}
	count := func() map[problems.LineEnd]int {
		t.Helper()
		lines, err := o.Problems().SheetLines(t.Context(), r.Intake, s.File, s.Sheet)
		must(t, err)
		out := map[problems.LineEnd]int{}
		for i, l := range lines {
			if l.Row != i+1 {
				t.Errorf("row %d stands at %d", l.Row, i)
			}
			if l.Fixed {
				out["fixed"]++
			}
			out[l.End]++
		}
		return out
	}
	got := count()
	if got[problems.LineTaken] != s.Taken || got[problems.LineRefused] != s.Refused ||
		got[problems.LineNoted] != s.Noted {
		t.Fatalf("%v of %+v", got, s)
	}
	_, err = o.Problems().FixRows(t.Context(), problems.Fixing{
		Problem: listed(t, o, problems.Filter{})[0].ID, Value: "书法",
	})
	must(t, err)
	if got := count(); got["fixed"] != 2 || got[problems.LineRefused] != 3 {
		t.Errorf("after fixing: %v", got)
	}
	_, err = o.Problems().Account(t.Context(), "i999")
	wantCode(t, err, judging.NotFound, "import.no_intake")
}

func TestAnUndoneImportKeepsItsAccount(t *testing.T) {
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	_, err := o.Intake().UndoImport(t.Context(), r.Intake)
	must(t, err)
	a, err := o.Problems().Account(t.Context(), r.Intake)
	must(t, err)
	lines, err := o.Problems().SheetLines(t.Context(), r.Intake, a.Sheets[0].File, a.Sheets[0].Sheet)
	if err != nil || len(lines) != 6 || a.State != judging.Undone {
		t.Fatalf("%+v %v", lines, err)
	}
}
