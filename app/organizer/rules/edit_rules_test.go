package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/live"
	"fayi/judging/terms"
)

// entryOf returns the first input within root that holds text.
func entryOf(t *testing.T, root fyne.CanvasObject, text string) *field.Entry {
	t.Helper()
	for _, e := range kittest.All[*field.Entry](root) {
		if e.Text == text {
			return e
		}
	}
	t.Fatalf("no input holds %q", text)
	return nil
}

func TestRulesAreWrittenCheckedAndSaved(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleRubrics)
	root := sh.Open(p)
	weight := entryOf(t, root, "25") // 结字章法 of 书法
	weight.SetText("30")
	if !kittest.Shows(root, "合计 105，满分 100") || !kittest.Shows(root, "有 1 处要改") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "保存规则")
	if len(sh.Told) != 1 || len(sh.Asked) != 0 {
		t.Fatal("rules with a fault were saved")
	}
	entryOf(t, root, "15").SetText("一十")
	if !kittest.Shows(root, "“一十”不是这里能用的数字") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	entryOf(t, root, "一十").SetText("10")
	if len(p.faults) != 0 || sh.Kept[draftOfRules] == nil {
		t.Fatalf("%v", p.faults)
	}
	kittest.Tap(t, root, "保存规则")
	r, err := o.Rules(t.Context())
	if err != nil || r.Version != 2 || r.Rubrics[0].Criteria[2].Weight != 30 ||
		r.Rubrics[0].Criteria[3].Weight != 10 || len(sh.Errors) > 0 {
		t.Fatalf("%+v %v %v", r.Rubrics[0], err, sh.Errors)
	}
	if sh.Kept[draftOfRules] != nil {
		t.Fatal("the draft outlived saving")
	}
}

func TestRulesNotSavedAreOfferedAgain(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleGroups)
	entryOf(t, sh.Open(p), "成人组").SetText("社会组")
	if i := slices.IndexFunc(p.draft.Rules.Categories, func(c judging.Category) bool {
		return slices.Contains(c.Groups, "成人组")
	}); i >= 0 {
		t.Fatal("a category still ranks the old name apart")
	}
	again := newEditRulesPage(sh, page.StagesOf(o), page.RuleGroups)
	root := sh.Open(again)
	if again.dirty() {
		t.Fatal("a draft was put back unasked")
	}
	kittest.Tap(t, root, "恢复未保存的内容")
	entryOf(t, root, "社会组")
	kittest.Tap(t, root, "放弃修改")
	if err := sh.Answer(t); err != nil || sh.Kept[draftOfRules] != nil || sh.Backs != 1 {
		t.Fatalf("%v %s %d", err, sh.Kept[draftOfRules], sh.Backs)
	}
}

func TestQuotasOfSingleListsAreWrittenInAGrid(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleAwards)
	root := sh.Open(p)
	var cells []*field.Entry
	for _, e := range kittest.All[*field.Entry](root) {
		if e.PlaceHolder == "4%" {
			cells = append(cells, e)
		}
	}
	cells[0].SetText("2 件") // 书法, 一等奖
	r := p.draft.Rules
	if len(r.Quotas) != 1 || r.Quotas[0].Count != 2 || r.Quotas[0].Category != "书法" || r.Quotas[0].Group != "" ||
		r.Quotas[0].MinScore != 80 {
		t.Fatalf("%+v", r.Quotas)
	}
	cells[0].SetText("120％")
	if len(p.faults) != 1 || p.faults[0].section != page.RuleAwards {
		t.Fatalf("%+v", p.faults)
	}
	cells[0].SetText("")
	if len(p.draft.Rules.Quotas) != 0 || p.dirty() {
		t.Fatalf("%+v", p.draft.Rules.Quotas)
	}
	kittest.Tap(t, root, "加一个奖项")
	if len(p.faults) != 0 {
		t.Fatalf("a line nobody wrote into is scolded: %+v", p.faults)
	}
	kittest.Tap(t, root, "保存规则")
	if len(p.faults) == 0 || p.faults[0].section != page.RuleAwards {
		t.Fatalf("an award without a name: %+v", p.faults)
	}
}

func TestNewRulesThatChangeAwardsAreShownBeforeTheyCount(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	pagetest.Score(t, o)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleAwards)
	root := sh.Open(p)
	entryOf(t, root, "4%").SetText("3")
	kittest.Tap(t, root, "保存规则")
	if len(sh.Asked) != 1 || sh.Asked[0].Check == "" || sh.Asked[0].Content == nil {
		t.Fatalf("%+v %v", sh.Asked, sh.Errors)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if r, err := o.Rules(t.Context()); err != nil || r.Awards[0].Count != 3 || r.Awards[0].Percent != 0 {
		t.Fatalf("%+v %v", r.Awards, err)
	}
}

func TestTheTieChainIsAnOrderedList(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleBasics)
	root := sh.Open(p)
	for _, c := range kittest.All[*choice.Check](root) {
		if strings.HasPrefix(c.Text, "1. ") {
			c.SetChecked(false)
			break
		}
	}
	want := []judging.TieStep{judging.TieCriteria, judging.TieTop, judging.TieRange}
	if !slices.Equal(p.draft.Rules.Ties, want) || !slices.Equal(p.was.Ties[1:], want) {
		t.Fatalf("%v, was %v", p.draft.Rules.Ties, p.was.Ties)
	}
}

// TestALineThatIsAddedIsWhereTheCursorIs adds a line to each list of the editor in a low window: it is in sight, has
// the cursor, and nothing is said of it before something is typed; typing then says what is missing.
func TestALineThatIsAddedIsWhereTheCursorIs(t *testing.T) {
	o := pagetest.NewContest(t)
	for add, section := range map[string]string{
		"加一个类别": page.RuleCategories, "加一个组别": page.RuleGroups, "加一个评分项": page.RuleRubrics,
		"加一个档次": page.RuleRubrics, "加一个奖项": page.RuleAwards,
	} {
		sh := kittest.New(t)
		sh.Clock = &kittest.Clock{}
		sh.Win.Resize(fyne.NewSize(1060, 500))
		p := newEditRulesPage(sh, page.StagesOf(o), section)
		root := sh.Open(p)
		all := kittest.All[*field.Entry](root)
		sh.Focus(all[len(all)-1]) // down to where the lines end
		before := p.scroll.Offset.Y
		kittest.Tap(t, root, add)
		kittest.Settle(root) // it is drawn
		sh.Clock.Advance(time.Second)
		e, ok := sh.Win.Canvas().Focused().(*field.Entry)
		if !ok || e.Text != "" {
			t.Errorf("%s: the cursor is in %v", add, sh.Win.Canvas().Focused())
			continue
		}
		driver := fyne.CurrentApp().Driver()
		top := driver.AbsolutePositionForObject(e).Y - driver.AbsolutePositionForObject(p.scroll).Y
		if top < 0 || top+e.Size().Height > p.scroll.Size().Height {
			t.Errorf("%s: the new line is at %v of %v", add, top, p.scroll.Size().Height)
		}
		if before > 0 && p.scroll.Offset.Y == 0 {
			t.Errorf("%s: the page jumped to its top from %v", add, before)
		}
		if len(p.faults) != 0 {
			t.Errorf("%s: scolded at once: %v", add, p.faults)
		}
		if section == page.RuleCategories {
			test.Type(e, "剪纸艺术")
			if len(p.faults) == 0 {
				t.Errorf("%s: nothing is said of a category without a prefix", add)
			}
		}
	}
}

func TestGoingToTheFaultPutsTheCursorThere(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(1060, 500))
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleCategories)
	root := sh.Open(p)
	last := p.draft.Rules.Categories[len(p.draft.Rules.Categories)-1]
	entryOf(t, root, last.Prefix).SetText("书")
	p.scroll.ScrollToTop()
	kittest.Tap(t, root, "去改")
	if e, ok := sh.Win.Canvas().Focused().(*field.Entry); !ok || e.Text != last.Name || p.scroll.Offset.Y == 0 {
		t.Errorf("the cursor is in %v, the page at %v", sh.Win.Canvas().Focused(), p.scroll.Offset)
	}
}

func TestTypingInTheEditorKeepsTheCursor(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleCategories)
	cell := entryOf(t, sh.Open(p), "SF")
	sh.Focus(cell)
	cell.CursorColumn = 2
	test.Type(cell, "x")
	p.Load() // something else changed in the contest
	if cell.Text != "SFx" || sh.Win.Canvas().Focused() != cell || p.draft.Rules.Categories[0].Prefix != "SFX" {
		t.Fatalf("%q, %q", cell.Text, p.draft.Rules.Categories[0].Prefix)
	}
}

func TestEachFaultBelongsToASection(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*judging.Rules)
		want   string
	}{
		"too many judges":      {func(r *judging.Rules) { r.PerWork = 99 }, page.RuleBasics},
		"too few to drop":      {func(r *judging.Rules) { r.Combine.TrimFrom = 2 }, page.RuleBasics},
		"a prefix":             {func(r *judging.Rules) { r.Categories[0].Prefix = "书" }, page.RuleCategories},
		"judges of a category": {func(r *judging.Rules) { r.Categories[0].PerWork = 99 }, page.RuleCategories},
		"no rubric":            {func(r *judging.Rules) { r.Categories[0].Rubric = "无" }, page.RuleCategories},
		"a group twice":        {func(r *judging.Rules) { r.Groups[1].Name = r.Groups[0].Name }, page.RuleGroups},
		"points":               {func(r *judging.Rules) { r.Rubrics[0].Criteria[0].Weight = 21 }, page.RuleRubrics},
		"a band":               {func(r *judging.Rules) { r.Rubrics[0].Bands[0].From = 95 }, page.RuleRubrics},
		"percentages":          {func(r *judging.Rules) { r.Awards[0].Percent = 99 }, page.RuleAwards},
		"a special prize": {
			func(r *judging.Rules) { r.Specials = []terms.SpecialPrize{{Name: "全场最佳", By: "x"}} }, page.RuleAwards,
		},
		"a round": {
			func(r *judging.Rules) { r.Rounds = []judging.RoundRule{{Name: "复评", Carry: "x"}} }, page.RuleAwards,
		},
	} {
		r, err := pagetest.NewContest(t).Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r = cloneRules(r)
		c.change(&r)
		faults := ruleFaults(kittest.New(t), r, nil)
		if len(faults) == 0 || faults[0].section != c.want {
			t.Errorf("%s: %+v", name, faults)
		}
	}
}

// TestTheRulesOfAStageAreWrittenInTheWindow writes all there is to write, meets the one thing that can be wrong, and
// takes it all back.
func TestTheRulesOfAStageAreWrittenInTheWindow(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleStage)
	root := sh.Open(p)
	numbers := kittest.All[*field.Number](root)
	if len(numbers) != 5 {
		t.Fatalf("%d numbers", len(numbers))
	}
	write := func(values ...string) {
		for i, v := range values {
			numbers[i].Entry().SetText(v)
		}
	}
	write("", "", "0.5", "", "")
	if len(p.faults) != 1 || p.faults[0].section != page.RuleStage || numbers[0].Wrong() == "" {
		t.Fatalf("overtime without a limit: %+v, %q", p.faults, numbers[0].Wrong())
	}
	write("4.5", "15", "0.5", "30", "2")
	shown := kittest.All[*field.Choice](root)[0]
	shown.SetKey("name")
	shown.OnChange("name")
	if len(p.faults) > 0 {
		t.Fatalf("%+v", p.faults)
	}
	kittest.Tap(t, root, "保存规则")
	r, err := o.Rules(t.Context())
	want := live.Rule{Minutes: 4.5, Grace: 15, Points: .5, Step: 30, Most: 2, Show: live.ShowName}
	if err != nil || r.Live == nil || *r.Live != want || len(sh.Errors) > 0 {
		t.Fatalf("%+v, %v, %v", r.Live, err, sh.Errors)
	}
	numbers = kittest.All[*field.Number](root)
	write("", "", "", "", "")
	shown = kittest.All[*field.Choice](root)[0]
	shown.SetKey("code")
	shown.OnChange("code")
	if p.draft.Rules.Live != nil || p.was.Live == nil || len(p.faults) > 0 {
		t.Fatalf("%+v, before %+v, %+v", p.draft.Rules.Live, p.was.Live, p.faults)
	}
}

func TestTheRuleEditorFits(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	for _, section := range ruleSections {
		pagetest.Shots(t, "rules-"+section, func(sh kit.Shell) kit.Page {
			return newEditRulesPage(sh, page.StagesOf(o), section)
		})
	}
	special := "\n[[special_awards]]\nname = \"最佳创意奖\"\nby = \"score\"\ncount = 1\nfrom = [\"一等奖\", \"二等奖\"]\n" +
		"[[special_awards]]\nname = \"最佳新人奖\"\nby = \"nomination\"\ncount = 2\nper = \"group\"\n"
	rules := strings.NewReader(string(rubrics.LegalCulture) + special)
	if _, err := o.RuleBook().LoadRules(t.Context(), rules, true); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "rules-specials", func(sh kit.Shell) kit.Page {
		return newEditRulesPage(sh, page.StagesOf(o), page.RuleAwards)
	})
}
