package office_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
)

// school imports works of the units given, one each.
func school(t *testing.T, o *office.Office, name string, units ...string) intake.ImportReport {
	t.Helper()
	rows := [][]any{header}
	for i, u := range units {
		rows = append(rows, []any{fmt.Sprintf("%s第%d篇", name, i+1), "书法", "小学组", fmt.Sprintf("甲某%d", i+1), u, "", ""})
	}
	return importAll(t, o, intake.ImportRequest{Sources: []string{table(t, name+".xlsx", rows...)}})
}

func unitsOf(t *testing.T, o *office.Office) map[string]int {
	t.Helper()
	list, err := o.Units().ListUnits(t.Context())
	must(t, err)
	out := map[string]int{}
	for _, u := range list.Units {
		if u.Works > 0 {
			out[u.Name] = u.Works
		}
	}
	return out
}

func TestUnitsAreMergedOnceForAllWorksAndListsToCome(t *testing.T) {
	o := newOffice(t)
	school(t, o, "作品", "第一小学", "示例县第一小学", "第一小学", "第二小学")
	before := len(journalOf(t, o))
	dry, err := o.Units().MergeUnits(t.Context(), correction.UnitMerge{
		From: []string{"第一小学"}, To: "示例县第一小学", DryRun: true,
	})
	must(t, err)
	if len(dry.Works) != 2 || dry.Act != "" || len(journalOf(t, o)) != before || unitsOf(t, o)["第一小学"] != 2 {
		t.Errorf("a preview: %+v", dry)
	}
	r, err := o.Units().MergeUnits(t.Context(), correction.UnitMerge{From: []string{"第一小学"}, To: "示例县第一小学"})
	must(t, err)
	if len(r.Works) != 2 || r.Act != "k001" || len(journalOf(t, o)) != before+1 {
		t.Errorf("%+v", r)
	}
	if got := unitsOf(t, o); got["示例县第一小学"] != 3 || got["第一小学"] != 0 || got["第二小学"] != 1 {
		t.Error(got)
	}
	// the next list says the old name: taken for the unit, with a word
	again := school(t, o, "续报", "第一小学", "第二小学")
	if got := unitsOf(t, o); got["示例县第一小学"] != 4 || got["第一小学"] != 0 {
		t.Error(got)
	}
	if p := again.Rows[0].Problems; len(p) != 1 || p[0].Text != "import.known_unit" || p[0].Fatal ||
		p[0].Args["Unit"] != "示例县第一小学" || len(again.Rows[1].Problems) != 0 {
		t.Errorf("%+v", again.Rows)
	}
	// a list brought in again changes nothing
	if r := school(t, o, "作品", "第一小学", "示例县第一小学", "第一小学", "第二小学"); r.Changed+r.Accepted != 0 {
		t.Errorf("%+v", r.RowTally)
	}
	undone, err := o.Corrections().UndoCorrection(t.Context(), "", "")
	must(t, err)
	if undone.Of != "k001" || len(undone.Works) != 2 || unitsOf(t, o)["第一小学"] != 2 {
		t.Errorf("%+v %v", undone, unitsOf(t, o))
	}
	if all, _ := o.Units().UnitAliases(t.Context()); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	_, err = o.Corrections().RedoCorrection(t.Context(), "")
	must(t, err)
	if all, _ := o.Units().UnitAliases(t.Context()); len(all) != 1 || unitsOf(t, o)["第一小学"] != 0 {
		t.Errorf("%+v", all)
	}
}

func journalOf(t *testing.T, o *office.Office) []judging.Entry {
	t.Helper()
	all, err := o.Journal(t.Context())
	must(t, err)
	return all
}

func TestAUnitRenamedTwiceIsFoundByBothOldNames(t *testing.T) {
	o := newOffice(t)
	school(t, o, "作品", "一小", "第一小学")
	rename := func(from, to string) {
		t.Helper()
		_, err := o.Units().RenameUnit(t.Context(), from, to, "", false)
		must(t, err)
	}
	rename("一小", "县一小")
	rename("县一小", "示例县第一小学")
	_, err := o.Units().RenameUnit(t.Context(), "第一小学", "示例县第一小学", "", false)
	wantCode(t, err, judging.Clash, "units.taken")
	_, err = o.Units().MergeUnits(t.Context(), correction.UnitMerge{From: []string{"第一小学"}, To: "没有的小学"})
	wantCode(t, err, judging.NotFound, "units.unknown")
	school(t, o, "续报", "一小", "县一小")
	if got := unitsOf(t, o); got["示例县第一小学"] != 3 {
		t.Error(got)
	}
	rename("示例县第一小学", "一小") // back to the first name: no ring of names
	if got := unitsOf(t, o); got["一小"] != 3 {
		t.Error(got)
	}
	school(t, o, "三报", "一小", "县一小", "示例县第一小学")
	if got := unitsOf(t, o); got["一小"] != 6 {
		t.Error(got)
	}
	must(t, o.Units().ForgetAlias(t.Context(), "县一小"))
	wantCode(t, o.Units().ForgetAlias(t.Context(), "县一小"), judging.NotFound, "units.no_alias")
	school(t, o, "四报", "县一小")
	if got := unitsOf(t, o); got["县一小"] != 1 {
		t.Error(got)
	}
}

func TestAJudgeStaysApartFromTheirUnitUnderItsNewName(t *testing.T) {
	o := newOffice(t)
	school(t, o, "作品", "第一小学", "第二小学")
	_, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
		Name: "王评委", Unit: "第一小学", Categories: []string{"书法"}, Phone: "13800000000",
	})
	must(t, err)
	must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge: "j001", Unit: "第二小学", Reason: "曾任教",
	}))
	for _, name := range []string{"第一小学", "第二小学"} {
		_, err = o.Units().RenameUnit(t.Context(), name, "示例县"+name, "", false)
		must(t, err)
	}
	kept, err := o.Assignment().SuspectConflicts(t.Context())
	must(t, err)
	if len(kept) != 2 {
		t.Errorf("kept apart from %+v", kept)
	}
}

// TestMergingUnitsTouchesNothingElse merges units at random: the works stay, judges see the same of each, every
// other field stays, each work bears the name that a plain model gives it, and undoing all of it brings the old back.
func TestMergingUnitsTouchesNothingElse(t *testing.T) {
	names := []string{"第一小学", "示例县第一小学", "一小", "第二小学", "示例县第二小学", "县二小"}
	rapid.Check(t, func(rt *rapid.T) {
		o := newOffice(t)
		school(t, o, "作品", rapid.SliceOfN(rapid.SampledFrom(names), 3, 9).Draw(rt, "units")...)
		before, err := o.Works(t.Context(), office.WorkFilter{})
		must(t, err)
		model := map[judging.WorkID]string{}
		for _, w := range before {
			model[w.ID] = w.Unit
		}
		merges := 0
		for range rapid.IntRange(1, 6).Draw(rt, "merges") {
			from := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 3, rapid.ID).Draw(rt, "from")
			to := rapid.SampledFrom(names).Draw(rt, "to")
			r, err := o.Units().MergeUnits(t.Context(), correction.UnitMerge{From: from, To: to})
			if err != nil {
				continue // refused: the model stays
			}
			merges++
			changed := 0
			for id, u := range model {
				if u != to && slices.Contains(from, u) {
					model[id] = to
					changed++
				}
			}
			if changed != len(r.Works) {
				rt.Fatalf("%d works changed, the model says %d", len(r.Works), changed)
			}
		}
		checkUnits(t, rt, o, before, model)
		for range merges {
			_, err := o.Corrections().UndoCorrection(t.Context(), "", "")
			must(t, err)
		}
		after, err := o.Works(t.Context(), office.WorkFilter{})
		must(t, err)
		a, _ := json.Marshal(before)
		if b, _ := json.Marshal(after); string(a) != string(b) {
			rt.Fatalf("undone:\n%s\n%s", a, b)
		}
		if all, _ := o.Units().UnitAliases(t.Context()); len(all) != 0 {
			rt.Fatalf("aliases left: %+v", all)
		}
	})
}

func checkUnits(
	t *testing.T, rt *rapid.T, o *office.Office, before []judging.Work, model map[judging.WorkID]string,
) {
	t.Helper()
	after, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	if len(after) != len(before) {
		rt.Fatalf("%d works became %d", len(before), len(after))
	}
	for i, w := range after {
		a, _ := json.Marshal(before[i].Blind())
		if b, _ := json.Marshal(w.Blind()); string(a) != string(b) {
			rt.Fatalf("judges see %s, saw %s", b, a)
		}
		if w.Unit != model[w.ID] {
			rt.Fatalf("%s is of %s, want %s", w.ID, w.Unit, model[w.ID])
		}
		old := before[i]
		old.Unit = w.Unit
		x, _ := json.Marshal(old)
		if y, _ := json.Marshal(w); string(x) != string(y) {
			rt.Fatalf("more than the unit changed:\n%s\n%s", x, y)
		}
	}
}

func TestLikelyUnitsAreProposedWithTheirReason(t *testing.T) {
	o := newOffice(t)
	school(t, o, "作品", "示例县第一小学", "第一小学", "第二小学", "第十一小学", "示例县实验小学", "示例县实验小学（东校区）",
		"城关镇中心小学", "成关镇中心小学", "城东小学", "城西小学", "县第三中学", "县三中", "县第二中学", "县人民法院", "县教育局")
	list, err := o.Units().ListUnits(t.Context())
	must(t, err)
	var got []string
	for _, l := range list.Likely {
		got = append(got, l.Kind+" "+l.A+" "+l.B)
	}
	want := []string{
		"spelling 示例县实验小学（东校区） 示例县实验小学", "place 示例县第一小学 第一小学",
		"letter 城关镇中心小学 成关镇中心小学", "short 县第三中学 县三中",
	}
	if !slices.Equal(got, want) || list.More != 0 {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestManyUnitsAreComparedInTime(t *testing.T) {
	var units []string
	for i := range 3000 {
		units = append(units, fmt.Sprintf("示例县%c%c镇%c小学", '一'+rune(i%89), '丁'+rune(i%97), '七'+rune(i)))
	}
	o := newOffice(t)
	school(t, o, "作品", units...)
	list, err := o.Units().ListUnits(t.Context())
	must(t, err)
	if len(list.Units) != 3000 || len(list.Likely) > correction.MostLikely {
		t.Errorf("%d units, %d pairs", len(list.Units), len(list.Likely))
	}
}
