package office_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/sheet/propose"
)

func TestStockTitlesOfCommonNamesStayWorksOfTheirOwn(t *testing.T) {
	titles, names := []string{"宪法在我心中", "无题"}, []string{"张伟", "王芳", "李娜"}
	for _, turned := range []bool{false, true} {
		if testing.Short() && !turned {
			continue
		}
		o := newOffice(t)
		var files []string
		for school := range 60 {
			rows := [][]any{header}
			for i := range 10 {
				rows = append(rows, []any{titles[i%2], "书法", "小学组", names[(i+school)%3], fmt.Sprintf("第%d小学", school),
					"", ""})
			}
			files = append(files, table(t, fmt.Sprintf("第%d小学.xlsx", school), rows...))
		}
		if turned {
			slices.Reverse(files)
		}
		for _, half := range [][]string{files[:30], files[30:]} {
			importAll(t, o, intake.ImportRequest{Sources: half})
		}
		again := importAll(t, o, intake.ImportRequest{Sources: files})
		all, _ := o.Works(t.Context(), office.WorkFilter{})
		if len(all) != 600 || again.RowTally != (judging.RowTally{Unchanged: 600}) {
			t.Fatalf("%d works; again %+v", len(all), again.RowTally)
		}
	}
}

func TestRowsOfOneImportMergeOnlyWhenAsked(t *testing.T) {
	row := []any{"无题", "书法", "小学组", "张伟", "第一小学", "", ""}
	fuller := []any{"无题", "书法", "小学组", "张伟", "第一小学", "王老师", ""}
	for _, merge := range []bool{false, true} {
		o := newOffice(t)
		req := intake.ImportRequest{
			Sources:   []string{table(t, "甲.xlsx", header, row, row), table(t, "乙.xlsx", header, fuller)},
			MergeSame: merge,
		}
		r := importAll(t, o, req)
		all, _ := o.Works(t.Context(), office.WorkFilter{})
		if merge {
			if len(all) != 1 || len(all[0].Teachers) != 1 {
				t.Errorf("merged: %+v", all)
			}
			continue
		}
		told := 0
		for _, row := range r.Rows {
			for _, p := range row.Problems {
				if p.Text == "import.like_row" {
					told++
				}
			}
		}
		if len(all) != 3 || told != 2 {
			t.Errorf("%d works, %d told: %+v", len(all), told, r.Rows)
		}
		if again := importAll(t, o, req); again.RowTally != (judging.RowTally{Unchanged: 3}) {
			t.Errorf("again %+v", again.RowTally)
		}
	}
}

func TestTwoWorksMayBeAlikeButForTheirUnit(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header,
		[]any{"无题", "书法", "小学组", "张伟", "第一小学", "", ""}, []any{"法治", "书法", "小学组", "张伟", "第二小学", "", ""})}})
	set := func(unit string) error {
		_, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
			Works: []string{"w000002"}, Set: map[string]string{"title": "无题", "unit": unit}, Reason: "更正",
		})
		return err
	}
	wantCode(t, set("第一小学"), judging.Clash, "correct.twin")
	must(t, set("第二小学"))
}

func TestValuesForRowsThatSayNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "来稿", "第一小学")
	must(t, os.MkdirAll(dir, 0o755))
	csv := "作品名称,作者,类别\n守法,甲某,征文\n普法,乙某,征文\n"
	must(t, os.WriteFile(filepath.Join(dir, "作品.csv"), []byte(csv), 0o600))
	import_ := func(fill ...propose.Choice) (intake.ImportReport, []judging.Work) {
		o := newOffice(t)
		r := importAll(t, o, intake.ImportRequest{Sources: []string{filepath.Dir(dir)}, Fill: fill})
		all, _ := o.Works(t.Context(), office.WorkFilter{})
		return r, all
	}
	r, all := import_()
	if len(all) != 2 || all[1].Unit != "第一小学" || all[1].Sender != "第一小学" || all[1].Group != "" {
		t.Fatalf("%+v", all)
	}
	got := r.Mappings[0].Proposals
	if len(got) != 2 || got[0].From != propose.FromFolder || got[0].Rows != 2 || got[1].From != propose.FromSchool ||
		got[1].State != propose.Open {
		t.Fatalf("%+v", got)
	}
	_, all = import_(propose.Choice{Field: "group", Value: "小学"}, propose.Choice{Field: "unit", Value: ""})
	if all[0].Group != "小学组" || all[0].Unit != "" {
		t.Fatalf("%+v", all)
	}
	o := newOffice(t)
	for field, key := range map[string]string{"title": "import.bad_fill", "group": "correct.unknown_group"} {
		_, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{
			Sources: []string{dir}, Fill: propose.Choices{{Field: field, Value: "老年队"}},
		}, nil)
		if judging.CodeOf(err) != judging.Invalid || !strings.Contains(fmt.Sprint(err), key) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
