package office_test

import (
	"fmt"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// list is a workbook of works 1..n but those left out, with changed titles' phone numbers.
func list(t *testing.T, name string, n int, out map[int]bool, phone string) string {
	t.Helper()
	rows := [][]any{header}
	for i := 1; i <= n; i++ {
		if !out[i] {
			rows = append(rows, []any{fmt.Sprintf("作品之%d", i), "书法", "小学组", fmt.Sprintf("作者%d", i), "示例一小", "", phone})
		}
	}
	return table(t, name, rows...)
}

func TestARowThatIsGoneIsToldAndWithdrawnByChoice(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{list(t, "甲.xlsx", 6, nil, "")}})
	again := list(t, "甲-新.xlsx", 7, map[int]bool{2: true, 5: true}, "13800000001")
	r := importAll(t, o, intake.ImportRequest{Sources: []string{again}, DryRun: true})
	if r.RowTally != (judging.RowTally{
		Accepted: 1,
		Changed:  4,
	}) || len(r.Gone) != 2 || r.Gone[0].Title != "作品之2" || r.Gone[0].Withdrawn {
		t.Fatalf("%+v %+v", r.RowTally, r.Gone)
	}
	if c := r.Rows[0].Changes; len(c) != 1 || c[0] != (judging.WorkChange{
		Field: "phone",
		Old:   "",
		New:   "13800000001",
	}) {
		t.Fatalf("%+v", c)
	}
	req := intake.ImportRequest{
		Sources:  []string{again},
		Leave:    []judging.RowStatus{judging.RowChanged},
		Withdraw: []judging.WorkID{r.Gone[1].Work},
	}
	_, err := o.Intake().ImportWorks(t.Context(), req, nil)
	wantCode(t, err, judging.Invalid, "works.needs_reason")
	req.Reason = "新表中没有"
	r = importAll(t, o, req)
	if r.Accepted != 1 || r.Changed != 0 || r.Rows[0].Status != judging.RowLeft || !r.Gone[1].Withdrawn ||
		r.Gone[0].Withdrawn {
		t.Fatalf("%+v %+v", r.RowTally, r.Gone)
	}
	withdrawn, _ := o.Works(t.Context(), office.WorkFilter{Status: judging.Withdrawn})
	if len(withdrawn) != 1 || withdrawn[0].Title != "作品之5" || withdrawn[0].Reason != "新表中没有" {
		t.Fatalf("%+v", withdrawn)
	}
	if _, err := o.Intake().UndoImport(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Works(t.Context(), office.WorkFilter{Status: judging.Accepted}); len(all) != 6 {
		t.Fatalf("after undo: %d", len(all))
	}
}

func TestOnlyTheRowsChosenComeIn(t *testing.T) {
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{
		Sources: []string{list(t, "甲.xlsx", 5, nil, "")},
		Only:    []judging.Place{{Row: 3}, {File: "甲.xlsx", Sheet: "作品", Row: 5}, {File: "乙.xlsx", Row: 2}},
	})
	all, _ := o.Works(t.Context(), office.WorkFilter{})
	if r.Accepted != 2 || len(all) != 2 || all[0].Title != "作品之2" || all[1].Title != "作品之4" || all[1].ID != "w000002" {
		t.Fatalf("%+v %+v", r.RowTally, all)
	}
}

func TestASupplementDoesNotMakeWorksGone(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{list(t, "甲.xlsx", 6, nil, "")}})
	few := list(t, "补报.xlsx", 8, map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true}, "")
	r := importAll(t, o, intake.ImportRequest{Sources: []string{few}}) // one of its three works is in the first list
	if len(r.Gone) != 0 || r.Accepted != 3 || len(r.Rows[0].Problems) != 1 ||
		r.Rows[0].Problems[0].Text != "import.like_same" {
		t.Fatalf("%+v %+v %+v", r.RowTally, r.Gone, r.Rows[0])
	}
	other := table(t, "甲.xlsx", header, []any{"另一校的作品", "书法", "小学组", "某甲", "示例二小", "", ""})
	if r := importAll(t, o, intake.ImportRequest{Sources: []string{other}}); len(r.Gone) != 0 || r.Accepted != 1 {
		t.Fatalf("another school's list of the same name: %+v", r.Gone)
	}
}
