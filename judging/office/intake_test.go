package office_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

func tallyOf(r intake.ImportReport) judging.RowTally { return r.RowTally }

func TestImportingTheSameFileAgainChangesNothing(t *testing.T) {
	o := newOffice(t)
	path := worksFile(t, 30)
	first := importAll(t, o, intake.ImportRequest{Sources: []string{path}})
	if got := tallyOf(first); got != (judging.RowTally{Accepted: 30}) {
		t.Fatalf("first import: %+v", got)
	}
	before, _ := o.Works(t.Context(), office.WorkFilter{})
	again := importAll(t, o, intake.ImportRequest{Sources: []string{path}})
	if got := tallyOf(again); got != (judging.RowTally{Unchanged: 30}) || again.Intake != "" {
		t.Fatalf("second import: %+v intake %q", got, again.Intake)
	}
	after, _ := o.Works(t.Context(), office.WorkFilter{})
	if len(before) != 30 || len(after) != 30 {
		t.Fatalf("%d works, then %d", len(before), len(after))
	}
	for i := range before {
		if before[i].Code != after[i].Code || before[i].ID != after[i].ID {
			t.Fatalf("work %d changed: %v %v", i, before[i], after[i])
		}
	}
}

func TestACorrectedRowChangesItsWork(t *testing.T) {
	o := newOffice(t)
	row := []any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "乙某", "13800000001"}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, row)}})
	for name, change := range map[string]int{"title": 0, "phone": 6, "unit": 4} {
		row[change] = row[change].(string) + "9"
		if change == 6 {
			row[change] = "13900000002"
		}
		r := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, row)}})
		if r.Changed != 1 || len(r.Rows[0].Changes) != 1 || r.Rows[0].Changes[0].Field != name {
			t.Fatalf("%s: %+v", name, r.Rows)
		}
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	if len(works) != 1 || works[0].Title != "宪法在心中9" || works[0].Phone != "13900000002" || works[0].Unit != "示例一小9" {
		t.Fatalf("%+v", works)
	}
}

func TestUndoTakesWorksAndChangesBack(t *testing.T) {
	o := newOffice(t)
	a := []any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", "13800000001"}
	b := []any{"守法歌", "歌曲", "", "丙某", "示例二小", "", ""}
	first := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header, a)}})
	a[5] = "乙某"
	second := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "乙.xlsx", header, a, b)}})
	if second.Changed != 1 || second.Accepted != 1 {
		t.Fatalf("%+v", second.RowTally)
	}
	_, err := o.Intake().UndoImport(t.Context(), first.Intake)
	wantCode(t, err, judging.Clash, "import.built_on")
	if _, err := o.Intake().UndoImport(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	if len(works) != 1 || len(works[0].Teachers) != 0 {
		t.Fatalf("after undo: %+v", works)
	}
	if _, err := o.Intake().UndoImport(t.Context(), first.Intake); err != nil {
		t.Fatal(err)
	}
	if works, _ = o.Works(t.Context(), office.WorkFilter{}); len(works) != 0 {
		t.Fatalf("%d works left", len(works))
	}
	_, err = o.Intake().UndoImport(t.Context(), "")
	wantCode(t, err, judging.NotFound, "import.no_intake")
}

func TestRejectedRowsSayWhereAndTheRestComesIn(t *testing.T) {
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header,
		[]any{"好作品", "书法", "小学组", "甲某", "示例一小", "", ""},
		[]any{"", "书法", "小学组", "乙某", "示例一小", "", ""},
		[]any{"冰雕", "冰雕艺术", "小学组", "丙某", "示例一小", "", ""})}})
	if r.RowTally != (judging.RowTally{Accepted: 1, Rejected: 2}) {
		t.Fatalf("%+v %+v", r.RowTally, r.Rows)
	}
	for i, row := range r.Rows[1:] {
		p := row.Problems[0]
		if p.File != "甲.xlsx" || p.Sheet != "作品" || p.Row != 3+i || p.Column == "" || !p.Fatal {
			t.Errorf("problem without its place: %+v", p)
		}
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}, DryRun: true})
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	intakes, _ := o.Intake().Intakes(t.Context())
	if r.Accepted != 12 || r.Intake != "" || len(works) != 0 || len(intakes) != 0 {
		t.Fatalf("%+v, %d works, %d intakes", r.RowTally, len(works), len(intakes))
	}
}

func TestACancelledImportLeavesNothing(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := o.Intake().ImportWorks(ctx, intake.ImportRequest{
		Sources: []string{worksFile(t, 3000)},
	}, func(int, int) { cancel() })
	if err == nil || ctx.Err() == nil {
		t.Fatalf("error %v", err)
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	intakes, _ := o.Intake().Intakes(t.Context())
	if len(works) != 0 || len(intakes) != 0 {
		t.Fatalf("%d works, %d intakes left", len(works), len(intakes))
	}
}

func TestMediaIsAttachedOnceByNameOrTitle(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"书法-宪法在心中-甲某.txt": "一", "守法歌.txt": "二", "无关.txt": "三"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	source := table(t, "甲.xlsx", header,
		[]any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", ""}, []any{"守法歌", "歌曲", "", "丙某", "示例二小", "", ""})
	req := intake.ImportRequest{Sources: []string{source}, Media: []string{dir}}
	r := importAll(t, o, req)
	if r.Files.Matched != 2 || r.Files.Attached != 2 || r.Files.Unmatched != 1 {
		t.Fatalf("%+v %+v", r.Files, r.Loose)
	}
	again := importAll(t, o, req)
	if again.Files.Attached != 0 || again.Intake != "" {
		t.Fatalf("again: %+v", again.Files)
	}
	works, _ := o.Works(t.Context(), office.WorkFilter{NoFiles: true})
	if len(works) != 0 {
		t.Fatalf("works without files: %v", works)
	}
	check, err := o.CheckContest(t.Context(), "", nil)
	if err != nil || !check.OK || check.Blobs != 3 { // the one without a work, too
		t.Fatalf("%+v %v", check, err)
	}
}

func TestABrokenNamedSourceIsAnErrorAndOneInAFolderIsAProblem(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	bad := filepath.Join(dir, "坏.xlsx")
	if err := os.WriteFile(bad, []byte("PK\x03\x04 this is no workbook"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{bad}}, nil)
	wantCode(t, err, judging.Invalid, "")
	good, err := os.ReadFile(worksFile(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "好.xlsx"), good, 0o644); err != nil {
		t.Fatal(err)
	}
	r := importAll(t, o, intake.ImportRequest{Sources: []string{dir}})
	if r.Accepted != 3 || len(r.Problems) != 1 || r.Problems[0].File != "坏.xlsx" {
		t.Fatalf("%+v %+v", r.RowTally, r.Problems)
	}
}

// The folder of a contest holds its data and copies of them: taken for works, they were kept as files without a work.
func TestTheFolderOfAContestIsNoWorks(t *testing.T) {
	o, dir := newOffice(t), t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "来稿", "往届.fayi", "backups"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"往届.fayi/contest.db": "data", "往届.fayi/backups/auto.db": "data", "往届.fayi/rules.txt": "rules", "甲.txt": "text",
		"contest.db.txt": "another text",
	} {
		if err := os.WriteFile(filepath.Join(dir, "来稿", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report := importAll(t, o, intake.ImportRequest{Sources: []string{filepath.Join(dir, "来稿")}})
	told := slices.IndexFunc(report.Problems, func(p judging.Problem) bool {
		return p.Text == "import.is_contest" && p.Place.File == "往届.fayi"
	})
	if told < 0 || len(report.Loose) != 2 {
		t.Errorf("%+v came in: %+v", report.Loose, report.Problems)
	}
	alone := intake.ImportRequest{Sources: []string{filepath.Join(dir, "来稿", "往届.fayi")}}
	_, err := o.Intake().ImportWorks(t.Context(), alone, nil)
	wantCode(t, err, judging.Invalid, "import.is_contest")
}

func TestCorrectedColumnsAreRememberedForTheSameHeader(t *testing.T) {
	o := newOffice(t)
	odd := []any{"甲列", "类别", "丙列", "单位"}
	row := []any{"宪法在心中", "书法", "甲某", "示例一小"}
	_, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{
		Sources: []string{table(t, "甲.xlsx", odd, row)},
	}, nil)
	first, _ := o.Works(t.Context(), office.WorkFilter{})
	if len(first) != 0 {
		t.Fatalf("a sheet without a title column brought %v (error %v)", first, err)
	}
	r := importAll(t, o, intake.ImportRequest{
		Sources: []string{table(t, "甲.xlsx", odd, row)},
		Columns: map[string]string{"甲列": "title", "丙列": "author"},
	})
	if r.Accepted != 1 {
		t.Fatalf("%+v %+v %+v", r.RowTally, r.Rows, r.Problems)
	}
	row[0], row[2] = "守法歌", "乙某"
	r = importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "乙.xlsx", odd, row)}})
	if r.Accepted != 1 {
		t.Fatalf("not remembered: %+v %+v", r.RowTally, r.Problems)
	}
}
