package office_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/problems"
)

// wrongList is a list of one good row and four that are wrong: no title, two of an unknown category, an odd phone.
func wrongList(t *testing.T) string {
	return table(t, "甲.xlsx", header,
		[]any{"好作品", "书法", "小学组", "甲某", "第一小学", "", ""},
		[]any{"", "书法", "小学组", "乙某", "第一小学", "", ""},
		[]any{"冰雕一", "雕塑", "小学组", "丙某", "第二小学", "", ""},
		[]any{"冰雕二", "雕塑", "小学组", "丁某", "第二小学", "", ""},
		[]any{"电话", "书法", "小学组", "戊某", "第二小学", "", "123"},
	)
}

func listed(t *testing.T, o *office.Office, f problems.Filter) []problems.Problem {
	t.Helper()
	all, err := o.Problems().ListProblems(t.Context(), f)
	must(t, err)
	return all
}

func shortly(all []problems.Problem) []string {
	out := []string{}
	for _, p := range all {
		out = append(out, fmt.Sprintf("%s %s×%d", p.Text, p.Field, p.Count))
	}
	return out
}

func TestProblemsAreFoldedAndKeptUntilMended(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	all := listed(t, o, problems.Filter{})
	want := []string{"sheet.unknown_category category×2", "sheet.no_title title×1", "sheet.odd_phone phone×1"}
	if got := shortly(all); !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
	row := all[0].Rows[1]
	if row.Row != 5 || row.Work != "" || row.Unit != "第二小学" || row.Bad != "B" ||
		row.Cells[0] != (problems.Cell{Column: "A", Header: "作品名称", Field: "title", Text: "冰雕二"}) {
		t.Fatalf("%+v", row)
	}
	again := importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	if again.Intake != "" || !slices.Equal(shortly(listed(t, o, problems.Filter{})), want) {
		t.Fatalf("again: %q %q", again.Intake, shortly(listed(t, o, problems.Filter{})))
	}
	if got := listed(t, o, problems.Filter{Unit: "第一小学"}); len(got) != 1 || got[0].Text != "sheet.no_title" {
		t.Fatalf("%+v", got)
	}
	_, err := o.Intake().UndoImport(t.Context(), "")
	must(t, err)
	if got := listed(t, o, problems.Filter{}); len(got) != 0 {
		t.Fatalf("after the undo: %+v", got)
	}
}

func TestOneValueMendsAllRowsOfAProblem(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	kind := listed(t, o, problems.Filter{})[0]
	fix := problems.Fixing{Problem: kind.ID, Value: "绘画", DryRun: true}
	r, err := o.Problems().FixRows(t.Context(), fix)
	must(t, err)
	if r.Came != 2 || r.Intake != "" || len(listed(t, o, problems.Filter{})) != 3 {
		t.Fatalf("dry: %+v", r)
	}
	fix.DryRun = false
	r, err = o.Problems().FixRows(t.Context(), fix)
	must(t, err)
	works, _ := o.Works(t.Context(), office.WorkFilter{Category: "绘画"})
	if r.Came != 2 || r.Still != 0 || len(works) != 2 || works[1].Title != "冰雕二" || works[1].Source.Row != 5 {
		t.Fatalf("%+v %+v", r, works)
	}
	if got := shortly(listed(t, o, problems.Filter{})); len(got) != 2 {
		t.Fatalf("%q", got)
	}
	again := importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	if all, _ := o.Works(t.Context(), office.WorkFilter{}); len(all) != 4 || again.Accepted != 0 {
		t.Fatalf("the old list again: %+v, %d works", again.RowTally, len(all))
	}
	_, err = o.Intake().UndoImport(t.Context(), r.Intake)
	must(t, err)
	if got := listed(t, o, problems.Filter{}); got[0].Count != 2 {
		t.Fatalf("after the undo: %q", shortly(got))
	}
}

func TestACellIsMendedAndTheWorkKeepsWhatChangedSince(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	all := listed(t, o, problems.Filter{})
	phone := all[2].Rows[0]
	correct(t, o, map[string]string{"unit": "示例县第二小学"}, string(phone.Work))
	r, err := o.Problems().FixRows(t.Context(), problems.Fixing{
		Rows: []string{phone.ID}, Column: "G", Value: "13800000009",
	})
	must(t, err)
	w, _ := o.Work(t.Context(), string(phone.Work))
	if r.Change != 1 || w.Phone != "13800000009" || w.Unit != "示例县第二小学" || w.Title != "电话" {
		t.Fatalf("%+v %+v", r, w)
	}
	title := all[1].Rows[0]
	r, err = o.Problems().FixRows(t.Context(), problems.Fixing{
		Rows: []string{title.ID}, Field: "category", Value: "雕塑",
	})
	must(t, err)
	if r.Still != 1 || r.Came != 0 || r.Intake != "" { // two things are wrong now, and both are listed
		t.Fatalf("%+v", r)
	}
	if got := shortly(listed(t, o, problems.Filter{})); !slices.Contains(got, "sheet.unknown_category category×3") {
		t.Fatalf("%q", got)
	}
	for key, m := range map[string]problems.Fixing{
		"problems.none":    {Problem: "p0", Value: "x"},
		"problems.no_row":  {Rows: []string{"i009/00001"}, Column: "A"},
		"problems.no_cell": {Rows: []string{title.ID}, Column: "ZZ", Value: "x"},
	} {
		_, err := o.Problems().FixRows(t.Context(), m)
		if e, ok := err.(*judging.Error); !ok || e.Text != key {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestARowIsLetBeWithAReason(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	kind := listed(t, o, problems.Filter{})[0]
	n, err := o.Problems().DismissRows(t.Context(), kind.ID, nil, "不参赛")
	must(t, err)
	if got := listed(t, o, problems.Filter{}); n != 2 || len(got) != 2 {
		t.Fatalf("%d %+v", n, got)
	}
	got := listed(t, o, problems.Filter{Dismissed: true})
	if len(got) != 3 || got[0].Rows[0].Dismissed != "不参赛" {
		t.Fatalf("%+v", got)
	}
	_, err = o.Problems().DismissRows(t.Context(), kind.ID, []string{got[0].Rows[0].ID}, "")
	must(t, err)
	if got := listed(t, o, problems.Filter{}); got[0].Count != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestALaterListTakesThePlaceOfTheProblemsBefore(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header,
		[]any{"好作品", "书法", "小学组", "甲某", "第一小学", "", ""},
		[]any{"补上题目", "书法", "小学组", "乙某", "第一小学", "", ""},
		[]any{"冰雕一", "雕塑", "小学组", "丙某", "第二小学", "", ""})}})
	want := []string{"sheet.unknown_category category×1"}
	if got := shortly(listed(t, o, problems.Filter{})); !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
}

// TestARowThatWasFixedStaysSoWhenItsListComesAgain: the list brings its wrong rows again as they were, next to a new
// one; what was done about them needs no second answer, and no work comes in twice.
func TestARowThatWasFixedStaysSoWhenItsListComesAgain(t *testing.T) {
	o := newOffice(t)
	rows := [][]any{header,
		{"好作品", "书法", "小学组", "甲某", "第一小学", "", ""},
		{"", "书法", "小学组", "乙某", "第一小学", "", ""},
		{"冰雕一", "雕塑", "小学组", "丙某", "第二小学", "", ""},
		{"", "绘画", "小学组", "丁某", "第二小学", "", ""},
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", rows...)}})
	all := listed(t, o, problems.Filter{})
	want := []string{"sheet.no_title title×2", "sheet.unknown_category category×1"}
	if !slices.Equal(shortly(all), want) {
		t.Fatalf("%q", shortly(all))
	}
	untitled := all[0].Rows
	fix := problems.Fixing{Rows: []string{untitled[0].ID}, Column: "A", Value: "补上的名称"}
	_, err := o.Problems().FixRows(t.Context(), fix)
	must(t, err)
	_, err = o.Problems().DismissRows(t.Context(), all[0].ID, []string{untitled[1].ID}, "重复的空行")
	must(t, err)
	rows = append(rows, []any{"又一件", "书法", "小学组", "戊某", "第二小学", "", ""})
	again := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", rows...)}})
	if again.Accepted != 1 || again.Intake == "" {
		t.Errorf("%+v", again.RowTally)
	}
	want = []string{"sheet.unknown_category category×1"}
	if got := shortly(listed(t, o, problems.Filter{})); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	if len(works) != 3 {
		t.Errorf("%d works", len(works))
	}
	// A row that says something else now is another row.
	rows[2] = []any{"", "摄影", "小学组", "乙某", "第一小学", "", ""}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", rows...)}})
	want = []string{"sheet.no_title title×1", "sheet.unknown_category category×1"}
	if got := shortly(listed(t, o, problems.Filter{})); !slices.Equal(got, want) {
		t.Errorf("changed: %q, want %q", got, want)
	}
}

func TestAListGoesToTheUnitAndComesBackToItsRows(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{wrongList(t)}})
	units, err := o.Problems().UnitsWithProblems(t.Context())
	must(t, err)
	if len(units) != 2 || units["第二小学"] != 3 {
		t.Fatalf("%v", units)
	}
	path := filepath.Join(t.TempDir(), "第二小学.xlsx")
	n, err := o.Problems().ExportProblems(t.Context(), path, "第二小学", plainWords)
	must(t, err)
	if n != 3 {
		t.Fatalf("%d rows", n)
	}
	first, _ := os.ReadFile(path)
	_, err = o.Problems().ExportProblems(t.Context(), path, "第二小学", plainWords)
	must(t, err)
	if second, _ := os.ReadFile(path); !bytes.Equal(first, second) {
		t.Error("two exports differ")
	}
	_, err = o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	wantCode(t, err, judging.Invalid, "problems.is_list")

	f, err := excelize.OpenFile(path)
	must(t, err)
	sheet := f.GetSheetName(0)
	if visible, _ := f.GetColVisible(sheet, "A"); visible {
		t.Error("the keys are shown")
	}
	rows, err := f.GetRows(sheet)
	must(t, err)
	for i, row := range rows { // the rows are turned round and fixed
		for _, c := range row {
			if c == "雕塑" {
				must(t, f.SetCellValue(sheet, fmt.Sprintf("D%d", i+1), "绘画"))
			}
		}
	}
	must(t, f.DuplicateRowTo(sheet, 4, 9))
	must(t, f.RemoveRow(sheet, 4))
	must(t, f.SetCellValue(sheet, "A12", "i007/00001"))
	must(t, f.Save())
	dry, err := o.Problems().ReturnList(t.Context(), path, "第二小学.xlsx", true)
	must(t, err)
	r, err := o.Problems().ReturnList(t.Context(), path, "第二小学.xlsx", false)
	must(t, err)
	if dry.Came != 2 || r.Came != 2 || r.Same != 1 || len(r.Unread) != 1 || r.Unread[0].Text != "problems.row_gone" {
		t.Fatalf("%+v", r)
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{Category: "绘画"})
	slices.SortFunc(works, func(a, b judging.Work) int { return a.Source.Row - b.Source.Row })
	if len(works) != 2 || works[0].Title != "冰雕一" || works[0].Source.Row != 4 || works[1].Source.File != "甲.xlsx" {
		t.Fatalf("%+v", works)
	}
	r, err = o.Problems().ReturnList(t.Context(), path, "第二小学.xlsx", false) // again: all is as it says
	must(t, err)
	if r.Came+r.Change != 0 {
		t.Fatalf("again %+v", r)
	}
	_, err = newOffice(t).Problems().ReturnList(t.Context(), wrongList(t), "甲.xlsx", true)
	wantCode(t, err, judging.Invalid, "problems.no_list")
}

func TestMillionsOfBadRowsAreCountedNotKept(t *testing.T) {
	o := newOffice(t)
	rows := [][]any{header}
	for i := range 7000 {
		rows = append(rows, []any{fmt.Sprint("作品", i), "雕塑", "小学组", "丙某", "第二小学", "", ""})
	}
	rows = append(rows, []any{"好作品", "书法", "小学组", "甲某", "第一小学", "", ""})
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", rows...)}})
	all := listed(t, o, problems.Filter{Rows: 10})
	if len(all) < 1 || all[0].Text != "sheet.unknown_category" || all[0].Count != 7000 || len(all[0].Rows) != 10 {
		t.Fatalf("%q", shortly(all))
	}
	if full := listed(t, o, problems.Filter{}); len(full[0].Rows) > 5000 {
		t.Fatalf("%d rows kept", len(full[0].Rows))
	}
}
