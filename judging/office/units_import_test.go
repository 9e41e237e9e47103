package office_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
)

var unitsHead = []any{"单位名称", "类型", "联系人", "电话", "邮箱", "限报数"}

// unitsOffice has works of three units; one of them is called by a short name.
func unitsOffice(t *testing.T) *office.Office {
	t.Helper()
	o := newOffice(t)
	rows := [][]any{header}
	for i, unit := range []string{"第一小学", "第二小学", "第三小学", "第三小学"} {
		rows = append(rows, []any{fmt.Sprintf("作品%d", i+1), "书法", "", fmt.Sprintf("张某%d", i+1), unit, "", ""})
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}})
	return o
}

func importUnits(
	t *testing.T, o *office.Office, dry bool, rows ...[]any,
) (correction.UnitsReport, error) {
	t.Helper()
	return o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: table(t, "单位.xlsx", rows...), DryRun: dry})
}

// listedUnits writes what lists say of units, one after the other.
func listedUnits(t *testing.T, o *office.Office) string {
	t.Helper()
	list, err := o.Units().ListUnits(t.Context())
	must(t, err)
	var out []string
	for _, u := range list.Units {
		if u.Listed {
			out = append(out, fmt.Sprintf(
				"%s:%d/%s/%s/%s/%s/%d", u.Name, u.Works, u.Kind, u.Contact, u.Phone, u.Email, u.Quota,
			))
		}
	}
	if list.Lists != (len(out) > 0) {
		t.Errorf("lists: %v", list.Lists)
	}
	return strings.Join(out, " ")
}

func notListed(t *testing.T, o *office.Office) []judging.WorkID {
	t.Helper()
	all, err := o.OpenPoints(t.Context())
	must(t, err)
	i := slices.IndexFunc(all, func(p office.Point) bool { return p.Kind == "unit_not_listed" })
	if i < 0 {
		return nil
	}
	return all[i].Works
}

func TestAListOfUnitsIsShownImportedAndTakenBack(t *testing.T) {
	o := unitsOffice(t)
	if got := notListed(t, o); got != nil {
		t.Errorf("without a list: %v", got)
	}
	rows := [][]any{
		unitsHead,
		{"第一小学", "学校", "甲某", 13800138000, "jia@example.com", 5},
		{"示例县第二小学", "学校", "乙某", "", "", ""},
		{"", "学校", "丙某", "", "", ""},
		{"第一小学", "学校", "甲某", "", "", ""},
		{"第一小学", "学校", "丁某", "", "", ""},
	}
	shown, err := importUnits(t, o, true, rows...)
	must(t, err)
	if got := listedUnits(t, o); got != "" || shown.List != "" {
		t.Fatalf("a preview wrote %s", got)
	}
	done, err := importUnits(t, o, false, rows...)
	must(t, err)
	want := judging.RowTally{Accepted: 2, Unchanged: 1, Rejected: 2}
	if shown.RowTally != want || done.RowTally != want {
		t.Errorf("shown %+v, done %+v", shown.RowTally, done.RowTally)
	}
	if a := done.Sheets.Sum(); a.Rows != 6 || a.Taken != 3 || a.Refused != 2 || a.Noted != 1 {
		t.Errorf("%+v", a)
	}
	if len(done.Likely) != 1 || done.Likely[0].A != "示例县第二小学" || done.Likely[0].B != "第二小学" {
		t.Errorf("%+v", done.Likely)
	}
	const listed = "示例县第二小学:0/学校/乙某///0 第一小学:1/学校/甲某/13800138000/jia@example.com/5"
	if got := listedUnits(t, o); got != listed {
		t.Errorf("got %s", got)
	}
	if got := notListed(t, o); !slices.Equal(got, []judging.WorkID{"w000002", "w000003", "w000004"}) {
		t.Errorf("not listed: %v", got)
	}
	again, err := importUnits(t, o, false, []any{"单位", "限报数", "电话"}, []any{"第一小学", 8, ""}, []any{"第三小学", "", ""})
	must(t, err)
	if again.Accepted != 1 || again.Changed != 1 || len(again.Rows[0].Changes) != 1 ||
		again.Rows[0].Changes[0] != (judging.WorkChange{Field: "quota", Old: "5", New: "8"}) {
		t.Errorf("%+v", again.Rows)
	}
	_, err = o.Units().UndoUnits(t.Context())
	must(t, err)
	if got := listedUnits(t, o); got != listed {
		t.Errorf("taken back: %s", got)
	}
	_, err = o.Units().UndoUnits(t.Context())
	must(t, err)
	if got := listedUnits(t, o); got != "" || notListed(t, o) != nil {
		t.Errorf("all taken back: %s", got)
	}
	_, err = o.Units().UndoUnits(t.Context())
	wantCode(t, err, judging.NotFound, "units.no_list")
	lists, err := o.Units().UnitsLists(t.Context())
	must(t, err)
	if len(lists) != 2 || lists[0].State != judging.Undone || lists[1].State != judging.Undone {
		t.Errorf("%+v", lists)
	}
}

// A proposal can be carried out: works take the name of the list, and are listed then.
func TestWorksTakeTheNameOfAListedUnit(t *testing.T) {
	o := unitsOffice(t)
	must(t, reads(importUnits(t, o, false, unitsHead, []any{"示例县第二小学"}, []any{"第一小学"}, []any{"第三小学"})))
	if got := notListed(t, o); !slices.Equal(got, []judging.WorkID{"w000002"}) {
		t.Fatalf("%v", got)
	}
	must(t, reads(o.Units().MergeUnits(t.Context(), correction.UnitMerge{
		From: []string{"第二小学"}, To: "示例县第二小学",
	})))
	if got := notListed(t, o); got != nil {
		t.Errorf("%v", got)
	}
	// a unit renamed later is still the one that was listed
	must(t, reads(o.Units().RenameUnit(t.Context(), "第一小学", "示例县第一小学", "", false)))
	if got := notListed(t, o); got != nil {
		t.Errorf("renamed: %v", got)
	}
	if got := listedUnits(t, o); !strings.Contains(got, "示例县第一小学:1/") || strings.Contains(got, " 第一小学") {
		t.Errorf("%s", got)
	}
}

func TestAListWithoutUnitsIsNoSuccessAndTellsNoContact(t *testing.T) {
	o := unitsOffice(t)
	r, err := importUnits(t, o, false, unitsHead, []any{"", "学校", "甲某", 13800138000, "jia@example.com", 5})
	wantCode(t, err, judging.Invalid, "units.none_read")
	_, other := importUnits(t, o, false, []any{"甲", "乙"}, []any{"丙", "丁"})
	if judging.CodeOf(other) != judging.Invalid {
		t.Errorf("no list at all: %v", other)
	}
	var told *judging.Error
	errors.As(err, &told)
	for _, v := range []any{told.Args, r.AllProblems()} {
		text, err := json.Marshal(v)
		must(t, err)
		if strings.Contains(string(text), "13800138000") || strings.Contains(string(text), "甲某") {
			t.Errorf("tells contact data: %s", text)
		}
	}
	must(t, reads(importUnits(t, o, false, unitsHead, []any{"第一小学", "学校", "甲某", 13800138000, "", ""})))
	entries, err := o.Journal(context.Background())
	must(t, err)
	text, err := json.Marshal(entries)
	must(t, err)
	if !strings.Contains(string(text), "units.import") || strings.Contains(string(text), "13800138000") ||
		strings.Contains(string(text), "甲某") {
		t.Errorf("the journal: %s", text)
	}
}
