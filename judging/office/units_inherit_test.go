package office_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
)

// formerOffice is a contest of last year with a list of units, of which one was renamed since the list came.
func formerOffice(t *testing.T) *office.Office {
	t.Helper()
	cfg := config(t)
	must(t, reads(io.ReadFull(cfg.Random, make([]byte, 7)))) // else its identity is that of every other contest here
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "去年的征集", "示例县司法局", r)
	must(t, err)
	unitLists(t, o, "单位名称,类型,联系人,电话,邮箱,限报数,限报数：书法\n"+
		"示例县第一小学,学校,佟某,13900001111,tong@example.com,5,2\n"+
		"城关镇,乡镇,乔某,13900002222,,3,\n"+
		"示例县司法所,部门,齐某,13900003333,,,\n")
	list := filepath.Join(t.TempDir(), "作品.csv")
	must(t, os.WriteFile(list, []byte("作品名称,作品类别,组别,作者,单位\n一,书法,小学组,甲某,城关镇\n"), 0o600))
	importAll(t, o, intake.ImportRequest{Sources: []string{list}})
	must(t, reads(o.Units().RenameUnit(t.Context(), "城关镇", "城关街道", "撤镇设街道", false)))
	return o
}

func unitLists(t *testing.T, o *office.Office, text string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "单位.csv")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	must(t, reads(o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: path})))
}

// rosterOf writes all that is listed of units, and the other names that they go by.
func rosterOf(t *testing.T, o *office.Office) string {
	t.Helper()
	list, err := o.Units().ListUnits(t.Context())
	must(t, err)
	var out []string
	for _, u := range list.Units {
		if u.Listed {
			cells := []string{u.Name, u.Kind, u.Contact, u.Phone, u.Email, u.QuotaText()}
			out = append(out, strings.Join(cells, "/"))
		}
	}
	also, err := o.Units().UnitAliases(t.Context())
	must(t, err)
	for _, a := range also {
		out = append(out, a.From+"="+a.To)
	}
	return strings.Join(out, "\n")
}

func inherit(t *testing.T, o *office.Office, req correction.InheritRequest) correction.UnitsReport {
	t.Helper()
	r, err := o.Units().InheritUnits(t.Context(), req)
	must(t, err)
	return r
}

const wholeRoster = "城关街道/乡镇/乔某/13900002222//3\n" +
	"示例县司法所/部门/齐某/13900003333//\n" +
	"示例县第一小学/学校/佟某/13900001111/tong@example.com/5 / 书法 2\n" +
	"城关镇=城关街道"

func TestTheUnitsOfLastYearAreTakenOverAndTakenBack(t *testing.T) {
	old, o := formerOffice(t), newOffice(t)
	from := old.Units()
	before := rosterOf(t, old)
	dry := inherit(t, o, correction.InheritRequest{From: &from, DryRun: true})
	if got := rosterOf(t, o); got != "" || dry.Accepted != 3 {
		t.Errorf("a dry run: %+v\n%s", dry, got)
	}
	r := inherit(t, o, correction.InheritRequest{From: &from})
	if got := rosterOf(t, o); got != wholeRoster || r.Accepted != 3 || r.List == "" {
		t.Errorf("%+v\n%s", r, got)
	}
	again := inherit(t, o, correction.InheritRequest{From: &from, Overwrite: true})
	if again.Unchanged != 3 || again.List != "" {
		t.Errorf("again: %+v", again)
	}
	must(t, reads(o.Units().UndoUnits(t.Context())))
	if got := rosterOf(t, o); got != "" {
		t.Errorf("after the undo:\n%s", got)
	}
	if got := rosterOf(t, old); got != before {
		t.Errorf("the earlier contest changed:\n%s", got)
	}
	if _, err := o.Units().InheritUnits(t.Context(), correction.InheritRequest{From: &from}); err != nil {
		t.Errorf("after the undo it can't be taken over again: %v", err)
	}
}

func TestWhatIsListedStaysUnlessSomebodyWantsItOverwritten(t *testing.T) {
	const listed = "单位名称,类型,联系人,电话,限报数\n示例县第一小学,学校,新某,13800009999,\n城关镇,,,,\n"
	from := formerOffice(t).Units()
	o := newOffice(t)
	unitLists(t, o, listed)
	before := rosterOf(t, o)
	r := inherit(t, o, correction.InheritRequest{From: &from})
	want := "示例县司法所/部门/齐某/13900003333//\n" +
		"示例县第一小学/学校/新某/13800009999/tong@example.com/5 / 书法 2"
	got := rosterOf(t, o)
	if !strings.Contains(got, want) || r.Accepted != 1 || r.Changed != 2 || r.Rejected != 0 ||
		!strings.Contains(got, "城关镇/乡镇/乔某/13900002222//3\n") || !strings.Contains(got, "城关街道=城关镇") {
		t.Errorf("%+v\n%s", r, got)
	}
	i := slices.IndexFunc(r.Rows, func(u correction.UnitOutcome) bool { return u.Name == "示例县第一小学" })
	if kept := fmt.Sprint(r.Rows[i].Kept); !strings.Contains(kept, "新某 佟某") ||
		!strings.Contains(kept, "13800009999 13900001111") || strings.Contains(kept, "quota") {
		t.Errorf("kept %s", kept)
	}
	must(t, reads(o.Units().UndoUnits(t.Context())))
	if got := rosterOf(t, o); got != before {
		t.Errorf("after the undo:\n%s\nwas\n%s", got, before)
	}
	r = inherit(t, o, correction.InheritRequest{From: &from, Overwrite: true})
	if got := rosterOf(t, o); !strings.Contains(got, "学校/佟某/13900001111/tong@example.com") || len(r.Rows[i].Kept) > 0 {
		t.Errorf("%+v\n%s", r.Rows[i], got)
	}
	must(t, reads(o.Units().UndoUnits(t.Context())))
	if got := rosterOf(t, o); got != before {
		t.Errorf("after the undo of overwriting:\n%s", got)
	}
}

func TestARenamedUnitIsAskedAboutAndRecognised(t *testing.T) {
	from := formerOffice(t).Units()
	o := newOffice(t)
	unitLists(t, o, "单位名称,类型\n第一小学,学校\n")
	r := inherit(t, o, correction.InheritRequest{From: &from})
	i := slices.IndexFunc(r.Rows, func(u correction.UnitOutcome) bool { return u.Name == "示例县第一小学" })
	if x := r.Rows[i]; !x.Asks() || x.Like != "第一小学" || r.Rejected != 1 ||
		strings.Contains(rosterOf(t, o), "示例县第一小学") {
		t.Errorf("it was not asked: %+v\n%s", x, rosterOf(t, o))
	}
	r = inherit(t, o, correction.InheritRequest{From: &from, Same: []string{"示例县第一小学"}})
	if got := rosterOf(t, o); r.Changed != 1 || !strings.Contains(got, "第一小学/学校/佟某") ||
		!strings.Contains(got, "示例县第一小学=第一小学") {
		t.Errorf("said to be one: %+v\n%s", r, got)
	}
	// the next time it is known by that name
	r = inherit(t, o, correction.InheritRequest{From: &from})
	if r.Unchanged != 3 || r.Rows[i].As != "第一小学" || r.Rows[i].Asks() {
		t.Errorf("asked again: %+v", r.Rows[i])
	}
	must(t, reads(o.Units().UndoUnits(t.Context())))
	must(t, reads(o.Units().UndoUnits(t.Context())))
	r = inherit(t, o, correction.InheritRequest{From: &from, Apart: []string{"示例县第一小学"}})
	if got := rosterOf(t, o); r.Accepted != 3 || !strings.Contains(got, "\n示例县第一小学/学校/佟某") ||
		!strings.Contains(got, "第一小学/学校///") {
		t.Errorf("said to be two: %+v\n%s", r, got)
	}
}

func TestWhatCanNotBeTakenOverIsSaid(t *testing.T) {
	o := newOffice(t)
	own, from, empty := o.Units(), formerOffice(t).Units(), newOffice(t).Units()
	for name, c := range map[string]struct {
		req  correction.InheritRequest
		code judging.Code
	}{
		"no units":     {correction.InheritRequest{From: &empty}, judging.NotFound},
		"unknown name": {correction.InheritRequest{From: &from, Same: []string{"没有的学校"}}, judging.NotFound},
	} {
		if _, err := o.Units().InheritUnits(t.Context(), c.req); judging.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	unitLists(t, o, "单位名称\n示例镇\n")
	if _, err := o.Units().InheritUnits(t.Context(), correction.InheritRequest{From: &own}); judging.CodeOf(err) !=
		judging.Invalid {
		t.Errorf("of itself: %v", err)
	}
}
