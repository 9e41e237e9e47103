package assignment

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// judgeForm is the form of one judge, checked while it is written.
type judgeForm struct {
	content     fyne.CanvasObject
	sh          kit.Shell
	data        judgesData
	was         judging.Judge
	words       judgeWords
	load, least *field.Number
	categories  *choice.Picks
	panel       *field.Choice // nil where the rules have no panels
	senior      *choice.Check
	away        *choice.Check
	apart       *look.Para // whose works are kept from the judge
}

// judgeWords are the inputs for words.
type judgeWords struct{ name, unit, post, phone *field.Text }

func newJudgeForm(sh kit.Shell, data judgesData, j judging.Judge) *judgeForm {
	f := &judgeForm{sh: sh, data: data, was: j, apart: look.NewPara("", look.Note, look.Quiet, 24)}
	text := func(key, help, value string, rule field.TextRule) *field.Text {
		rule.Limit = 60
		field := field.NewText(sh, page.Capital(sh.T(key, nil)), help, rule)
		field.SetText(value)
		field.OnChange = func(string) { f.showApart() }
		return field
	}
	f.words.name = text("field.name", "", j.Name, field.TextRule{Required: true, Check: f.wrongName})
	f.words.unit = text("app.col_unit", sh.T("app.judge_unit_help", nil), j.Unit, field.TextRule{})
	f.words.post = text("field.post", "", j.Post, field.TextRule{})
	f.words.phone = text("field.phone", "", j.Phone, field.TextRule{Check: f.wrongPhone})
	if j.ID != "" { // name and unit distinguish judges
		f.words.name.Entry().Disable()
		f.words.unit.Entry().Disable()
	}
	number := func(label, help string, value int) *field.Number {
		field := field.NewNumber(
			sh, page.Capital(sh.T(label, nil)), sh.T(help, nil), sh.T("app.unit_works", nil),
			field.Range{Low: 0, High: 9999}, false,
		)
		if value > 0 {
			field.SetValue(float64(value))
		}
		return field
	}
	f.load = number("field.max_load", "app.judge_load_help", j.MaxLoad)
	f.least = number("judgeform.min_load", "judgeform.min_load_help", j.MinLoad)
	least := f.least.Check
	f.least.Check = func() string {
		low, high := whole(f.least), whole(f.load)
		if wrong := least(); wrong != "" || high == 0 || low <= high {
			return wrong
		}
		return sh.T("judgeform.loads", judging.Args{"Least": low, "Most": high})
	}
	f.load.OnChange = func(float64, bool) { f.least.Changed() }
	var all []choice.Option
	for _, c := range data.rules.Categories {
		all = append(all, choice.Option{Key: c.Name, Title: c.Name})
	}
	f.categories = choice.NewPicks(all, j.Categories, nil)
	f.senior = choice.NewCheck(sh.T("judgeform.senior", nil), nil)
	f.away = choice.NewCheck(sh.T("app.judge_away_tick", nil), nil)
	f.senior.SetChecked(j.Senior)
	f.away.SetChecked(j.Away)
	if len(data.rules.Panels) > 0 {
		f.panel = field.NewChoice(sh, sh.T("judgeform.panel", nil), "", sh.T("kit.choose_one", nil), panels(data.rules))
		f.panel.SetKey(data.rules.Panels[data.rules.PanelOf(j)].Name)
	}
	f.content = f.layout()
	f.showApart()
	return f
}

// panels are the panels to choose from, with what they weigh.
func panels(r judging.Rules) []choice.Option {
	var out []choice.Option
	for _, p := range r.Panels {
		out = append(out, choice.Option{Key: p.Name, Title: p.Name + " " + judging.Exact(p.Weight).String() + "%"})
	}
	return out
}

// whole is the whole number in f, 0 while the field is empty.
func whole(f *field.Number) int {
	v, _ := f.Value()
	return int(v)
}

// wrongName refuses a new judge who is there already.
func (f *judgeForm) wrongName(name string) string {
	if f.was.ID == "" && f.words.unit != nil {
		key := judging.Judge{Name: name, Unit: f.words.unit.Text()}.Key()
		if slices.ContainsFunc(f.data.all, func(j judging.Judge) bool { return j.Key() == key }) {
			return f.sh.T("judgeform.twice", nil)
		}
	}
	return ""
}

func (f *judgeForm) wrongPhone(text string) string {
	digits := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune(" +-()（）—－/、，;；,", r):
			return f.sh.T("judgeform.phone", nil)
		}
	}
	if digits < 5 {
		return f.sh.T("judgeform.phone", nil)
	}
	return ""
}

// layout sets words at the left; numbers, categories and who is kept apart at the right.
func (f *judgeForm) layout() fyne.CanvasObject {
	narrow := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(lay.Blank(look.Em(20), 0), o) }
	w := f.words
	left := narrow(lay.Stack(lay.Gap8, w.name, w.unit, w.post, w.phone, f.senior, f.away))
	right := lay.Stack(lay.Gap8, f.load, f.least)
	if f.panel != nil {
		right.Add(f.panel)
	}
	picks := field.New(
		page.Capital(f.sh.T("field.categories", nil)), f.sh.T("app.judge_categories_help", nil), f.categories,
	)
	right.Add(picks)
	right.Add(f.apart)
	return lay.Split(lay.Gap24, []float32{1, 1}, left, narrow(right))
}

// The preview names so many works, and is left out where comparing at each key would be felt.
const (
	mostApart      = 4
	mostPreviewing = 20000
)

// showApart says which works will be kept from the judge as the form stands.
func (f *judgeForm) showApart() {
	if f.words.phone == nil || len(f.data.works) > mostPreviewing {
		return
	}
	j := f.was
	j.Name, j.Unit = f.words.name.Text(), f.words.unit.Text()
	found := judging.Conflicts(f.data.works, []judging.Judge{j}, f.data.said)
	if len(found) == 0 {
		f.apart.SetText(f.sh.T("judgeform.apart_none", nil))
		return
	}
	titles := map[judging.WorkID]string{}
	for _, w := range f.data.works {
		titles[w.ID] = f.sh.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title})
	}
	var names []string
	for _, c := range found[:min(len(found), mostApart)] {
		names = append(names, titles[c.Work])
	}
	f.apart.SetText(f.sh.T("judgeform.apart", judging.Args{
		"N": len(found), "Works": strings.Join(names, f.sh.T("kit.comma", nil)),
	}))
}

// judge returns what the form says. Its error is already shown in the form.
func (f *judgeForm) judge() (judging.Judge, error) {
	form := field.NewForm(f.words.name, f.words.unit, f.words.post, f.words.phone, f.load, f.least)
	if !f.words.name.Valid() && f.words.name.Text() == "" {
		return judging.Judge{}, judging.Fail(judging.Invalid, "judges.no_name", nil)
	}
	if load := f.load.Entry().Text; !f.load.Valid() {
		return judging.Judge{}, judging.Fail(judging.Invalid, "judges.bad_load", judging.Args{"Value": load})
	}
	if !form.Valid() {
		return judging.Judge{}, judging.Fail(judging.Invalid, "judgeform.wrong", nil)
	}
	j := f.was
	j.Name = f.words.name.Text()
	j.Unit = f.words.unit.Text()
	j.Post = f.words.post.Text()
	j.Phone = f.words.phone.Text()
	j.Categories, j.Senior, j.Away = f.categories.Chosen(), f.senior.Checked, f.away.Checked
	j.MaxLoad, j.MinLoad = whole(f.load), whole(f.least)
	if f.panel != nil {
		j.Panel = f.panel.Key()
	}
	return j, nil
}
