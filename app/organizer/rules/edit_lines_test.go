package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

// editing shows a section of the rule editor, with quotas in two lists, points for units and a prize of teachers.
func editing(t *testing.T, section string) (*kittest.Shell, *editRulesPage, fyne.CanvasObject) {
	t.Helper()
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(pagetest.NewContest(t)), section)
	root := sh.Open(p)
	r := &p.draft.Rules
	r.Categories[0].Groups = []string{r.Groups[0].Name}
	r.Quotas = []judging.Quota{
		{Award: r.Awards[0].Name, Category: r.Categories[0].Name, Share: judging.Share{Count: 2}},
		{
			Award: r.Awards[1].Name, Category: r.Categories[0].Name, Group: r.Groups[0].Name,
			Share: judging.Share{Count: 3},
		},
		{Award: r.Awards[1].Name, Category: r.Categories[1].Name, Share: judging.Share{Count: 4}},
	}
	r.UnitPrizes = []judging.UnitPrize{
		{Name: "组织奖", Count: 2, PerWork: 1, Points: map[string]float64{r.Awards[0].Name: 5, r.Awards[1].Name: 3}},
	}
	r.Mentors = []judging.MentorPrize{{Name: "指导奖", From: []string{r.Awards[0].Name, r.Awards[1].Name}}}
	p.show()
	if len(p.faults) > 0 {
		t.Fatalf("%+v", p.faults)
	}
	return sh, p, root
}

// tapIcon presses the nth button with the icon.
func tapIcon(t *testing.T, root fyne.CanvasObject, icon fyne.Resource, nth int) {
	t.Helper()
	for _, b := range kittest.All[*button.Button](root) {
		if b.Icon != nil && b.Icon.Name() == icon.Name() {
			if nth == 0 {
				test.Tap(b)
				return
			}
			nth--
		}
	}
	t.Fatalf("no such button: %s", icon.Name())
}

func quotas(r judging.Rules) string {
	var out []string
	for _, q := range r.Quotas {
		out = append(out, fmt.Sprintf("%s %s%s %d", q.Award, q.Category, q.Group, q.Count))
	}
	return strings.Join(out, "，")
}

func TestWhatIsTakenAwayLeavesNothingBehindThatNoLineShows(t *testing.T) {
	for section, want := range map[string]string{
		page.RuleCategories: "二等奖 绘画 4", page.RuleGroups: "一等奖 书法 2，二等奖 绘画 4", page.RuleAwards: "二等奖 书法小学组 3，二等奖 绘画 4",
	} {
		t.Run(section, func(t *testing.T) {
			_, p, root := editing(t, section)
			group := p.draft.Rules.Groups[0].Name
			tapIcon(t, root, theme.DeleteIcon(), 0)
			if got := quotas(p.draft.Rules); got != strings.ReplaceAll(want, "小学组", group) {
				t.Errorf("quotas are %q, want %q", got, want)
			}
			if len(p.faults) > 0 {
				t.Errorf("a fault nobody can put right: %+v", p.faults)
			}
			if section == page.RuleAwards &&
				(len(p.draft.Rules.UnitPrizes[0].Points) != 1 || len(p.draft.Rules.Mentors[0].From) != 1) {
				t.Errorf("%+v %+v", p.draft.Rules.UnitPrizes, p.draft.Rules.Mentors)
			}
			if len(p.was.Awards) == len(p.draft.Rules.Awards) && section == page.RuleAwards {
				t.Error("the rules in force were changed")
			}
		})
	}
}

func TestANewNameIsHandedOnUnlessAnotherBearsIt(t *testing.T) {
	_, p, root := editing(t, page.RuleAwards)
	name := entryOf(t, root, "一等奖")
	for _, typed := range []string{"", "二", "二等奖", "二等奖甲"} { // on the way it is the name of another award
		name.SetText(typed)
	}
	r := p.draft.Rules
	if got := quotas(r); !strings.HasPrefix(got, "二等奖甲 书法 2，二等奖 书法") || r.UnitPrizes[0].Points["二等奖"] != 3 ||
		r.UnitPrizes[0].Points["二等奖甲"] != 5 || !slices.Equal(r.Mentors[0].From, []string{"二等奖甲", "二等奖"}) {
		t.Errorf("%q %+v %+v", got, r.UnitPrizes, r.Mentors)
	}
	p.section = page.RuleCategories
	p.show()
	name = entryOf(t, root, "书法")
	for _, typed := range []string{"绘画", "绘画与书法"} {
		name.SetText(typed)
	}
	p.section = page.RuleGroups
	p.show()
	first, second := p.draft.Rules.Groups[0].Name, p.draft.Rules.Groups[1].Name
	name = entryOf(t, root, first)
	for _, typed := range []string{second, second + "乙"} {
		name.SetText(typed)
	}
	r = p.draft.Rules
	if got := quotas(r); got != "二等奖甲 绘画与书法 2，二等奖 绘画与书法"+second+"乙 3，二等奖 绘画 4" ||
		!slices.Equal(r.Categories[0].Groups, []string{second + "乙"}) {
		t.Errorf("%q %v", got, r.Categories[0].Groups)
	}
	p.section = page.RuleRubrics
	p.show()
	was := r.Rubrics[0].Name
	entryOf(t, root, was).SetText("新标准")
	if c := p.draft.Rules.Categories[0]; c.Rubric != "新标准" || len(p.faults) > 0 {
		t.Errorf("%q %+v", c.Rubric, p.faults)
	}
}

func TestACategoryIsAskedWhatItsFilesMustBe(t *testing.T) {
	sh, p, root := editing(t, page.RuleCategories)
	kittest.Tap(t, root, "组别与要求…")
	form := sh.Put(sh.Asked[0].Content)
	was := p.draft.Rules.Categories[0].Requires
	numbers := kittest.All[*field.Number](form)
	if len(numbers) != 5 {
		t.Fatalf("%d numbers", len(numbers))
	}
	numbers[0].Entry().SetText("三个")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid || p.draft.Rules.Categories[0].Requires != was {
		t.Fatalf("not a number: %v", err)
	}
	numbers[0].Entry().SetText("３")
	kittest.All[*field.Text](form)[0].SetText("JPEG，png")
	for _, pick := range kittest.All[*choice.Picks](form) {
		pick.Choose(nil)
	}
	kittest.All[*choice.Picks](form)[1].Choose([]string{"picture"})
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	c := p.draft.Rules.Categories[0]
	if n := c.Requires; n == nil || n.MaxFiles != 3 || !slices.Equal(n.Formats, []string{"jpeg", "png"}) ||
		!slices.Equal(n.Kinds, []string{"picture"}) || len(c.Groups) != 0 {
		t.Fatalf("%+v", c)
	}
	if got := quotas(p.draft.Rules); got != "一等奖 书法 2，二等奖 绘画 4" || len(p.faults) > 0 {
		t.Errorf("the quota of a group no longer apart stays: %q %+v", got, p.faults)
	}
	kittest.Tap(t, root, "组别与要求…")
	form = sh.Put(sh.Asked[1].Content)
	for _, n := range kittest.All[*field.Number](form) {
		n.Entry().SetText("")
	}
	kittest.All[*field.Text](form)[0].SetText("")
	kittest.All[*choice.Picks](form)[1].Choose(nil)
	if err := sh.Answer(t); err != nil || p.draft.Rules.Categories[0].Requires != nil {
		t.Errorf("%v %+v", err, p.draft.Rules.Categories[0].Requires)
	}
}

func TestRubricsAreAddedCopiedFilledInAndDropped(t *testing.T) {
	_, p, root := editing(t, page.RuleRubrics)
	first := p.draft.Rules.Rubrics[0]
	many := len(p.draft.Rules.Rubrics)
	kittest.Tap(t, root, "照这份再做一份")
	r := &p.draft.Rules
	if len(r.Rubrics) != many+1 || r.Rubrics[many].Name != first.Name+"（副本）" || p.rubric != many || len(p.faults) > 0 {
		t.Fatalf("%d rubrics, at %d: %+v", len(r.Rubrics), p.rubric, p.faults)
	}
	tapIcon(t, root, theme.MoveUpIcon(), 1)
	if got := r.Rubrics[many].Criteria[0].Name; got != first.Criteria[1].Name ||
		r.Rubrics[0].Criteria[0].Name != first.Criteria[0].Name {
		t.Errorf("moved up: %q", got)
	}
	kittest.Tap(t, root, "加一个评分项")
	kittest.Tap(t, root, "保存规则")
	if len(p.faults) == 0 || p.faults[0].section != page.RuleRubrics {
		t.Errorf("a criterion without name and points: %+v", p.faults)
	}
	tapIcon(t, root, theme.DeleteIcon(), len(first.Criteria))
	kittest.Tap(t, root, "加一个档次")
	bands := r.Rubrics[many].Bands
	if last := bands[len(bands)-1]; last.To != max(0, first.Bands[len(first.Bands)-1].From-first.Step) {
		t.Errorf("a new band ends at %v", last.To)
	}
	tapIcon(t, root, theme.DeleteIcon(), len(first.Criteria)+len(bands)-1)
	fields := kittest.All[*field.Text](root)
	fields[len(fields)-1].Entry().SetText("结构稳\n\n 用笔活 ")
	if got := r.Rubrics[many].Phrases; !slices.Equal(got, []string{"结构稳", "用笔活"}) || len(p.faults) > 0 {
		t.Errorf("%q %+v", got, p.faults)
	}
	kittest.Tap(t, root, "去掉这份")
	if len(r.Rubrics) != many || p.rubric != many-1 || len(p.faults) > 0 {
		t.Errorf("%d rubrics, at %d: %+v", len(r.Rubrics), p.rubric, p.faults)
	}
	kittest.Tap(t, root, "新的评分标准")
	kittest.Tap(t, root, "保存规则")
	if n := r.Rubrics[many]; n.Scale != 100 || len(p.faults) == 0 {
		t.Errorf("%+v", n)
	}
	kittest.Tap(t, root, first.Name)
	if p.rubric != 0 {
		t.Errorf("shows the rubric %d", p.rubric)
	}
}

func TestPrizesAndRoundsAreAddedAndTakenAway(t *testing.T) {
	_, p, root := editing(t, page.RuleAwards)
	r := &p.draft.Rules
	for _, add := range []string{"加一个组织奖", "加一个指导奖", "加一个单项奖", "加一轮", "加一轮"} {
		kittest.Tap(t, root, add)
	}
	if len(r.UnitPrizes) != 2 || r.UnitPrizes[1].Name != "优秀组织奖" || len(r.Mentors) != 2 || len(r.Rounds) != 2 ||
		len(r.Specials) != 1 || r.Specials[0].Name != "全场最佳" || r.Rounds[1].Name != "终评" || len(p.faults) > 0 {
		t.Fatalf("%+v %+v %+v %+v %+v", r.UnitPrizes, r.Mentors, r.Specials, r.Rounds, p.faults)
	}
	var points []*field.Entry
	for _, e := range kittest.All[*field.Entry](root) {
		if e.Text == "5" {
			points = append(points, e)
		}
	}
	points[len(points)-1].SetText("") // of the first award for the first prize
	if _, has := r.UnitPrizes[0].Points["一等奖"]; has {
		t.Errorf("%v", r.UnitPrizes[0].Points)
	}
	away := func() int {
		n := 0
		for _, b := range kittest.All[*button.Button](root) {
			if b.Icon != nil && b.Icon.Name() == theme.DeleteIcon().Name() {
				n++
			}
		}
		return n
	}
	for n := away(); n > len(r.Awards); n = away() {
		tapIcon(t, root, theme.DeleteIcon(), n-1)
	}
	if len(r.UnitPrizes)+len(r.Mentors)+len(r.Specials)+len(r.Rounds) != 0 {
		t.Errorf("%+v %+v %+v %+v", r.UnitPrizes, r.Mentors, r.Specials, r.Rounds)
	}
}

// What an input shows in red as too long is counted at the foot, and not saved.
func TestWhatIsTooLongInTheFormOfTheRulesIsNotSaved(t *testing.T) {
	sh := kittest.New(t)
	o := page.StagesOf(pagetest.NewContest(t))
	p := newEditRulesPage(sh, o, page.RuleBasics)
	root := sh.Open(p)
	long := strings.Repeat("长", titleMost+1)
	was := p.draft.Rules.Title
	for _, e := range kittest.All[*field.Entry](root) {
		if e.Text == was {
			e.SetText(long)
		}
	}
	if p.draft.Rules.Title != long || len(p.faults) != 1 || kittest.Shows(root, "检查过了") {
		t.Fatalf("%q, faults %+v", p.draft.Rules.Title, p.faults)
	}
	kittest.Tap(t, root, "保存规则")
	if now, err := o.Rules(t.Context()); err != nil || now.Title != was || len(sh.Asked) > 0 {
		t.Errorf("the rules are called %q now, %v; asked: %d", now.Title, err, len(sh.Asked))
	}
	r := &p.draft.Rules
	r.Title = was
	r.Rubrics[0].Phrases = []string{strings.Repeat("句", phrasesMost+1)}
	r.Categories[0].Requires = &judging.Requires{Formats: []string{strings.Repeat("f", formatsMost+1)}}
	for i, f := range tooLong(sh, *r) {
		if want := []string{page.RuleCategories, page.RuleRubrics}[i]; f.section != want {
			t.Errorf("%q stands in %s, want %s", f.text, f.section, want)
		}
	}
}
