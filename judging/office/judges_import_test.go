package office_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// judgeList is a list of judges in the folder of examples.
func judgeList(name string) assignment.JudgesRequest {
	return assignment.JudgesRequest{Path: filepath.Join("testdata", "judges", name)}
}

// toldOf lists the texts of the problems of a report, each once.
func toldOf(r assignment.JudgesReport) string {
	var keys []string
	for _, p := range r.AllProblems() {
		if key := p.Text[strings.IndexByte(p.Text, '.')+1:]; !strings.Contains(strings.Join(keys, " "), key) {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, " ")
}

// judgesOf writes all judges and what is declared of them.
func judgesOf(t *testing.T, o *office.Office) string {
	t.Helper()
	all, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	said, err := o.Assignment().Conflicts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, j := range all {
		text := strings.Trim(strings.Join([]string{j.Name, j.Unit, j.Number, j.Post, j.Phone}, "/"), "/")
		for _, c := range said {
			if c.Judge == j.ID {
				text += " !" + c.Unit + c.Person
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestListsOfJudgesAsTheyCome(t *testing.T) {
	for name, c := range map[string]struct{ want, told string }{
		"k8a-judges-name-and-number.xlsx": {"甲某一/计算机学院/B001; 甲某二/通信学院/B002", ""},
		"k8b-judges-one-column.xlsx":      {"甲某一; 甲某二", ""},
		"names-with-a-title.xlsx":         {"甲某一; 甲某二; 甲某三", ""},
		"departments.xlsx":                {"甲某一/宣传部/0101/副研究馆员/13800138001; 甲某二/文化馆/0102/研究馆员/13800138002", ""},
		"departments.ods":                 {"甲某一/宣传部/0101/副研究馆员/13800138001; 甲某二/文化馆/0102/研究馆员/13800138002", ""},
		"zero-padded.xls":                 {"甲某一/计算机学院/0012//13800138001", ""},
		"conflicts.xlsx":                  {"甲某一/文化馆 !乙某一 !第一小学 !第二小学; 甲某二/书协; 甲某三/美协", ""},
		"conflicts.html":                  {"甲某一/文化馆 !乙某一 !第一小学 !第二小学; 甲某二/书协; 甲某三/美协", ""},
		"conflicts-in-one-column.xlsx":    {"甲某一/文化馆 !乙某一 !第一小学; 甲某二/书协", ""},
		"tabs.txt":                        {"甲某一/文化馆 !第一小学", ""},
		"staff-aside.xlsx":                {"甲某一/文化馆; 甲某二/书协", "skipped staff_aside"},
		"staff-in-rows.xlsx":              {"甲某一/文化馆//评委; 甲某二/书协//评委", "staff_row"},
		"unknown-columns.xlsx":            {"甲某一/文化馆", "judge_columns"},
		"twice.xlsx":                      {"甲某一/文化馆///13800138001; 甲某一/书协///13800138003", "twice twice_differs"},
		"namesakes-by-number.xlsx":        {"甲某一//001; 甲某一//002", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			r, err := o.Assignment().ImportJudges(t.Context(), judgeList(name))
			if err != nil {
				t.Fatal(err)
			}
			if got := judgesOf(t, o); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := toldOf(r); got != c.told {
				t.Errorf("told %q, want %q", got, c.told)
			}
			again, err := o.Assignment().ImportJudges(t.Context(), judgeList(name))
			if err != nil || again.Accepted+again.Changed+again.Conflicts > 0 || again.List != "" {
				t.Errorf("the second time: %+v, %v", again.RowTally, err)
			}
		})
	}
}

func TestAListWithoutJudgesIsNoSuccess(t *testing.T) {
	o := newOffice(t)
	r, err := o.Assignment().ImportJudges(t.Context(), judgeList("nothing.xlsx"))
	wantCode(t, err, judging.Invalid, "sheet.no_header")
	if len(r.AllProblems()) == 0 {
		t.Error("nothing says why")
	}
	if _, err := o.Assignment().ImportJudges(t.Context(), judgeList("departments.xlsx")); err != nil {
		t.Fatal(err)
	}
	r, err = o.Assignment().ImportJudges(t.Context(), judgeList("k8b-judges-one-column.xlsx"))
	wantCode(t, err, judging.Invalid, "judges.none_read")
	if r.Rejected != 2 || toldOf(r) != "namesake_row" {
		t.Errorf("%+v %s", r.RowTally, toldOf(r))
	}
	req := judgeList("k8b-judges-one-column.xlsx")
	req.Namesakes = true
	if r, err = o.Assignment().ImportJudges(t.Context(), req); err != nil || r.Accepted != 2 {
		t.Errorf("%+v, %v", r.RowTally, err)
	}
}

func TestAnImportOfJudgesIsShownAndTakenBack(t *testing.T) {
	o := newOffice(t)
	before := "甲某一/文化馆///13800000000; 甲某二/书协"
	for _, j := range []judging.Judge{
		{Name: "甲某一", Unit: "文化馆", Phone: "13800000000", MinLoad: 3, Senior: true}, {Name: "甲某二", Unit: "书协"},
	} {
		if _, err := o.Assignment().AddJudge(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	req := judgeList("conflicts.xlsx")
	req.Reason, req.DryRun = "名单注明", true
	shown, err := o.Assignment().ImportJudges(t.Context(), req)
	if err != nil || judgesOf(t, o) != before || shown.Conflicts != 3 || shown.Accepted != 1 || shown.Unchanged != 2 {
		t.Fatalf("the preview: %+v, %v; %s", shown.RowTally, err, judgesOf(t, o))
	}
	req.DryRun = false
	done, err := o.Assignment().ImportJudges(t.Context(), req)
	if err != nil || fmt.Sprint(done.RowTally, done.Conflicts) != fmt.Sprint(shown.RowTally, shown.Conflicts) {
		t.Fatalf("%+v, %v", done, err)
	}
	all, err := o.Assignment().Judges(t.Context())
	if err != nil || !all[0].Senior || all[0].MinLoad != 3 || all[0].Phone != "13800000000" {
		t.Errorf("what the list does not name changed: %+v, %v", all[0], err)
	}
	if _, err := o.Assignment().UndoJudges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := judgesOf(t, o); got != before {
		t.Errorf("taken back: %s", got)
	}
	_, err = o.Assignment().UndoJudges(t.Context())
	wantCode(t, err, judging.NotFound, "judges.no_list")
	lists, err := o.Assignment().JudgeLists(t.Context())
	if err != nil || len(lists) != 1 || lists[0].State != judging.Undone || lists[0].Tally.Accepted != 1 {
		t.Errorf("%+v, %v", lists, err)
	}
}

func TestAChangeAfterTheImportKeepsItFromBeingTakenBack(t *testing.T) {
	o := newOffice(t)
	if _, err := o.Assignment().ImportJudges(t.Context(), judgeList("departments.xlsx")); err != nil {
		t.Fatal(err)
	}
	all, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Assignment().CorrectJudge(t.Context(), all[1].ID, map[string]string{"phone": "13900000000"}, "换号")
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Assignment().UndoJudges(t.Context())
	wantCode(t, err, judging.Clash, "judges.changed_since")
	if now, err := o.Assignment().Judges(t.Context()); err != nil || len(now) != 2 {
		t.Errorf("half of it was taken back: %v, %v", now, err)
	}
}

func TestAPersonToAvoidKeepsTheirWorksAway(t *testing.T) {
	works := []judging.Work{
		{ID: "w1", Authors: []string{"乙某一"}}, {ID: "w2", Teachers: []string{"乙某一"}}, {ID: "w3", Unit: "乙某一"},
	}
	said := []judging.Conflict{{Judge: "j1", Person: "乙某一", Kind: judging.OfPerson, Reason: "亲属"}}
	got := judging.Conflicts(works, []judging.Judge{{ID: "j1", Name: "甲"}}, said)
	if len(got) != 2 || got[0].Work != "w1" || got[1].Work != "w2" || got[0].Kind != judging.OfPerson ||
		got[0].Reason != "亲属" {
		t.Errorf("%+v", got)
	}
	said[0].Kind = judging.NoConflict
	if got := judging.Conflicts(works, []judging.Judge{{ID: "j1", Name: "甲"}}, said); len(got) != 0 {
		t.Errorf("cleared: %+v", got)
	}
}
