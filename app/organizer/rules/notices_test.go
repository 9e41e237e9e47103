package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/terms"
)

// notice is what a public notice says of how works are judged; docs/notices.md names it. Places are written as the form
// takes them.
type notice struct {
	name       string
	judges     string // "": as the form has them
	categories []string
	groups     []string
	awards     [][2]string          // name and places
	own        map[string][2]string // category, "category 组别" -> award and places
	rounds     [][2]string          // name and how many go on
	perAuthor  string
	specials   []string  // by nomination
	popular    [2]string // by votes of readers: name and how many
	readers    []string  // what votes of readers weigh, then the marks of the first places
}

// notices are ten, in the order of docs/notices.md.
var notices = []notice{
	{
		name: "南丰县 2009", categories: []string{"书法", "绘画", "摄影"},
		awards: [][2]string{{"特等奖", "5%"}, {"金奖", "10%"}, {"银奖", "15%"}, {"铜奖", "20%"}, {"优秀奖", "30%"}},
		rounds: [][2]string{{"复评", "80%"}, {"终评", "50%"}},
	},
	{
		name: "石嘴山 2015", categories: []string{"摄影"}, perAuthor: "1",
		awards:   [][2]string{{"特等奖", "1"}, {"金奖", "1"}, {"银奖", "2"}, {"铜奖", "6"}, {"优秀奖", "100"}},
		specials: []string{"特约奖"},
	},
	{
		name: "靖远县 2016", categories: []string{"微电影", "短篇小说", "散文", "诗歌"},
		awards: [][2]string{{"特等奖", ""}, {"一等奖", "1"}, {"二等奖", "2"}, {"三等奖", "3"}, {"优秀奖", ""}},
		own:    map[string][2]string{"微电影": {"特等奖", "1"}, "散文": {"优秀奖", "6"}, "诗歌": {"优秀奖", "6"}},
	},
	{
		name: "中国台湾网 2008", categories: []string{"文字", "摄影", "短片", "动画"},
		awards: [][2]string{{"金奖", "3"}, {"银奖", "5"}, {"铜奖", "9"}, {"优秀奖", "50"}},
		own:    map[string][2]string{"短片": {"优秀奖", "30"}, "动画": {"优秀奖", "30"}},
		rounds: [][2]string{{"定评", "50%"}},
	},
	{
		name: "中国台湾网 2010", categories: []string{"作品"}, groups: []string{"大陆组", "台港澳及海外组"},
		awards: [][2]string{{"一等奖", "3"}, {"二等奖", "6"}, {"三等奖", "10"}, {"纪念奖", "50"}},
		rounds: [][2]string{{"终评", "100"}},
	},
	{
		name: "无为洪巷 2019", judges: "3", categories: []string{"摄影", "征文"}, groups: []string{"手机组", "专业组"},
		awards: [][2]string{{"获奖", "10"}},
	},
	{
		name: "东营 2019", categories: []string{"征文"}, groups: []string{"成人组", "青少年组"},
		awards: [][2]string{{"特等奖", ""}, {"一等奖", "2"}, {"二等奖", "5"}, {"三等奖", "8"}, {"优秀奖", "25"}},
		own:    map[string][2]string{"征文 成人组": {"特等奖", "1"}},
	},
	{
		name: "湖南青少年 2023", categories: []string{"书画"}, groups: []string{"小学组", "中学组"},
		awards: [][2]string{{"金奖", "20"}, {"银奖", "30"}, {"铜奖", "50"}, {"优秀奖", "100"}},
		rounds: [][2]string{{"复评", "50%"}, {"终评", "200"}}, popular: [2]string{"人气奖", "20"},
	},
	{
		name: "春联 2024", categories: []string{"春联"}, popular: [2]string{"人气奖", "10"},
		awards: [][2]string{{"一等奖", "3"}, {"二等奖", "10"}, {"三等奖", "20"}},
		rounds: [][2]string{{"复评", "30%"}, {"终评", "100"}},
	},
	{
		name: "一句话普法 2024", categories: []string{"短句"},
		awards: [][2]string{{"一等奖", "1"}, {"二等奖", "2"}, {"三等奖", "3"}}, rounds: [][2]string{{"复评", "30"}},
		readers: []string{"40", "100", "75", "37.5", "12.5"},
	},
}

// form is the editor as a person has it before them.
type form struct {
	t    *testing.T
	sh   *kittest.Shell
	p    *editRulesPage
	root fyne.CanvasObject
}

func (f form) to(section string) {
	f.p.section = section
	f.p.show()
}

// clear presses the delete button of the first line until list is empty.
func (f form) clear(list func() int) {
	for list() > 0 {
		tapIcon(f.t, f.root, theme.DeleteIcon(), 0)
	}
}

// line adds a line to a list and types into its inputs from the first on.
func (f form) line(list, button string, texts ...string) {
	f.t.Helper()
	kittest.Tap(f.t, f.root, button)
	notes := f.p.lines.lists[list].Notes()
	first := notes[len(notes)-1].First()
	for i, text := range texts {
		all := kittest.All[*field.Entry](f.root)
		all[slices.Index(all, first)+i].SetText(text)
	}
}

// fill sets the rules of a notice up.
func (f form) fill(n notice) {
	r := &f.p.draft.Rules
	f.to(page.RuleGroups)
	f.clear(func() int { return len(r.Groups) })
	for _, g := range n.groups {
		f.line("groups", "加一个组别", g)
	}
	f.to(page.RuleCategories)
	f.clear(func() int { return len(r.Categories) })
	for i, c := range n.categories {
		f.line("categories", "加一个类别", c, string(rune('A'+i)))
	}
	for i := range r.Categories {
		f.p.askCategory(i)
		content := f.sh.Put(f.sh.Asked[len(f.sh.Asked)-1].Content)
		kittest.All[*choice.Picks](content)[0].Choose(n.groups)
		if err := f.sh.Answer(f.t); err != nil {
			f.t.Fatal(err)
		}
	}
	f.to(page.RuleAwards)
	f.clear(func() int { return len(r.Awards) })
	for _, a := range n.awards {
		f.line("awards", "加一个奖项", a[0], a[1])
	}
	f.quotas(n)
	for _, x := range n.rounds {
		f.line("rounds", "加一轮", x[0], x[1])
	}
	for _, name := range n.specials {
		kittest.Tap(f.t, f.root, "加一个单项奖")
		entryOf(f.t, f.root, "全场最佳").SetText(name)
		all := kittest.All[*choice.Select](f.root)
		at := slices.IndexFunc(all, func(s *choice.Select) bool { return s.Selected == "按得分" })
		all[at].SetSelected("提名")
	}
	if n.popular[0] != "" {
		kittest.Tap(f.t, f.root, "加一个单项奖")
		name := entryOf(f.t, f.root, "全场最佳")
		name.SetText(n.popular[0])
		all := kittest.All[*choice.Select](f.root)
		at := slices.IndexFunc(all, func(s *choice.Select) bool { return s.Selected == "按得分" })
		all[at].SetSelected("按观众票数")
		entries := kittest.All[*field.Entry](f.root)
		entries[slices.Index(entries, name)+1].SetText(n.popular[1])
	}
	f.to(page.RuleBasics)
	f.readers(n)
	numbers := kittest.All[*field.Number](f.root)
	if n.judges != "" {
		numbers[0].Entry().SetText(n.judges)
	}
	if n.perAuthor != "" {
		numbers[len(numbers)-1].Entry().SetText(n.perAuthor)
	}
}

// readers says what votes of readers weigh, by their places.
func (f form) readers(n notice) {
	f.t.Helper()
	if len(n.readers) == 0 {
		return
	}
	chooseAudience(f.t, f.root, "按票数的名次")
	numberOf(f.t, f.root, "观众投票的权重").Entry().SetText(n.readers[0])
	for i, mark := range n.readers[1:] {
		f.line("audience_steps", "加一档", fmt.Sprint(i+1), mark)
	}
}

// chooseAudience chooses how votes become marks.
func chooseAudience(t *testing.T, root fyne.CanvasObject, way string) {
	t.Helper()
	for _, s := range kittest.All[*choice.Select](root) {
		if slices.Contains(s.Options, "不计观众投票") {
			s.SetSelected(way)
			return
		}
	}
	t.Fatal("votes of an audience can't be chosen")
}

// numberOf is the input for a number with a label.
func numberOf(t *testing.T, root fyne.CanvasObject, label string) *field.Number {
	t.Helper()
	for _, n := range kittest.All[*field.Number](root) {
		if kittest.Shows(n, label) {
			return n
		}
	}
	t.Fatalf("no number is called %s", label)
	return nil
}

// quotas types the places of single lists into the grid, whose cells come after those of the awards.
func (f form) quotas(n notice) {
	r := &f.p.draft.Rules
	at := 3 * len(r.Awards) // name, places and least score of each
	for _, c := range r.Categories {
		for _, g := range append([]string{""}, c.Groups...) {
			own, given := n.own[strings.TrimSpace(c.Name+" "+g)]
			k := slices.IndexFunc(r.Awards, func(a judging.Award) bool { return given && a.Name == own[0] })
			if k >= 0 {
				kittest.All[*field.Entry](f.root)[at+k].SetText(own[1])
			}
			at += len(r.Awards)
		}
	}
}

// The rules of ten public notices are set up in the form, without a file, and saved.
func TestTheFormTakesTheRulesOfTenNotices(t *testing.T) {
	for _, n := range notices {
		t.Run(n.name, func(t *testing.T) {
			o := pagetest.NewContest(t)
			sh := kittest.New(t)
			p := newEditRulesPage(sh, page.StagesOf(o), page.RuleGroups)
			f := form{t, sh, p, sh.Open(p)}
			f.fill(n)
			if len(p.faults) > 0 {
				t.Fatalf("%+v", p.faults)
			}
			f.to(page.RulePreview)
			p.onSave()
			r, err := o.Rules(t.Context())
			if err != nil || r.Version != 2 || len(sh.Errors) > 0 {
				t.Fatalf("version %d, %v, %v", r.Version, err, sh.Errors)
			}
			n.saved(t, sh, r)
		})
	}
}

// saved compares the rules that were saved with the notice.
func (n notice) saved(t *testing.T, sh *kittest.Shell, r judging.Rules) {
	t.Helper()
	var categories []string
	for _, c := range r.Categories {
		categories = append(categories, c.Name)
		if !slices.Equal(c.Groups, n.groups) {
			t.Errorf("%s ranks %v apart, not %v", c.Name, c.Groups, n.groups)
		}
	}
	if !slices.Equal(categories, n.categories) {
		t.Errorf("categories %v", categories)
	}
	var awards, rounds [][2]string
	for _, a := range r.Awards {
		awards = append(awards, [2]string{a.Name, shareWords(sh, a.Share)})
	}
	for _, x := range r.Rounds {
		rounds = append(rounds, [2]string{x.Name, shareWords(sh, x.Take)})
	}
	if !slices.Equal(awards, n.awards) || !slices.Equal(rounds, n.rounds) {
		t.Errorf("awards %v, rounds %v", awards, rounds)
	}
	own := map[string][2]string{}
	for _, q := range r.Quotas {
		own[strings.TrimSpace(q.Category+" "+q.Group)] = [2]string{q.Award, shareWords(sh, q.Share)}
	}
	if fmt.Sprint(own) != fmt.Sprint(n.own) {
		t.Errorf("quotas %v, not %v", own, n.own)
	}
	var specials []string
	for _, s := range r.Specials {
		if s.By == terms.ByAudience && [2]string{s.Name, fmt.Sprint(s.Count)} != n.popular {
			t.Errorf("by votes: %+v", s)
		}
		if s.By == terms.ByNomination {
			specials = append(specials, s.Name)
		}
	}
	if (n.popular[0] != "") != terms.SpecialsHear(r.Specials) {
		t.Errorf("by votes: %+v", r.Specials)
	}
	var readers []string
	if r.Audience != nil {
		readers = append(readers, judging.Exact(r.Audience.Weight).String())
		for i, s := range r.Audience.Steps {
			if s.At != i+1 || r.Audience.By != audience.Places {
				t.Errorf("%+v", r.Audience)
			}
			readers = append(readers, judging.Exact(s.Mark).String())
		}
	}
	if !slices.Equal(readers, n.readers) {
		t.Errorf("readers weigh %v, not %v", readers, n.readers)
	}
	if !slices.Equal(specials, n.specials) {
		t.Errorf("special prizes %v", specials)
	}
	if n.judges != "" && fmt.Sprint(r.PerWork) != n.judges ||
		n.perAuthor != "" && fmt.Sprint(r.Caps.PerAuthor) != n.perAuthor {
		t.Errorf("%d judges, %d awards for an author", r.PerWork, r.Caps.PerAuthor)
	}
}
