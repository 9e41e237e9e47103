package organizer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/judging"
)

// judgeRows returns the judges that f lets through.
func judgeRows(all []judging.Judge, f kit.Filter) []judging.Judge {
	out := []judging.Judge{}
	for _, j := range all {
		if f.Finds(j.Name, j.Unit, j.Post, strings.Join(j.Categories, "、")) {
			out = append(out, j)
		}
	}
	return out
}

func judgeColumns(t kit.Texter) []kit.Column[judging.Judge] {
	text := func(key string, least, weight float32, of func(judging.Judge) string) kit.Column[judging.Judge] {
		return kit.TextColumn(t.T(key, nil), least, weight, of)
	}
	return []kit.Column[judging.Judge]{
		kit.NameColumn(t.T("field.name", nil), 5, 0, func(j judging.Judge) string { return j.Name }),
		text("app.col_unit", 7, 2, func(j judging.Judge) string { return j.Unit }),
		text("field.post", 5, 1, func(j judging.Judge) string { return j.Post }),
		text("field.categories", 7, 2, func(j judging.Judge) string { return judgeCategories(t, j) }),
		{Title: t.T("field.max_load", nil), Min: 5, Number: true, Cell: func(j judging.Judge) kit.Cell { return kit.Cell{Text: maxLoad(t, j)} },
			Compare: func(a, b judging.Judge) int { return cmp.Compare(a.MaxLoad, b.MaxLoad) }},
		{Title: t.T("app.col_status", nil), Min: 4, Cell: func(j judging.Judge) kit.Cell { return awayCell(t, j) }},
	}
}

func judgeCategories(t kit.Texter, j judging.Judge) string {
	if len(j.Categories) == 0 {
		return t.T("app.judge_all", nil)
	}
	return strings.Join(j.Categories, "、")
}

func maxLoad(t kit.Texter, j judging.Judge) string {
	if j.MaxLoad == 0 {
		return t.T("app.judge_no_limit", nil)
	}
	return fmt.Sprint(j.MaxLoad)
}

func awayCell(t kit.Texter, j judging.Judge) kit.Cell {
	if j.Away {
		return kit.Cell{Text: t.T("app.judge_away", nil), Tone: kit.Waiting}
	}
	return kit.Cell{Text: t.T("app.judge_here", nil), Tone: kit.Done}
}

// judgeForm is the form of one judge.
type judgeForm struct {
	content    fyne.CanvasObject
	sh         kit.Shell
	was        judging.Judge
	name, unit *kit.TextField
	post       *kit.TextField
	phone      *kit.TextField
	load       *kit.NumberField
	categories []*widget.Check
	away       *widget.Check
}

func newJudgeForm(sh kit.Shell, rules judging.Rules, j judging.Judge) *judgeForm {
	f := &judgeForm{sh: sh, was: j}
	text := func(key, help, value string, must bool) *kit.TextField {
		field := kit.NewTextField(sh, sh.T(key, nil), help, kit.TextRule{Required: must, Limit: 60})
		field.SetText(value)
		return field
	}
	f.name, f.unit = text("field.name", "", j.Name, true), text("app.col_unit", sh.T("app.judge_unit_help", nil), j.Unit, false)
	f.post, f.phone = text("field.post", "", j.Post, false), text("field.phone", "", j.Phone, false)
	if j.ID != "" { // name and unit tell judges apart
		f.name.Entry().Disable()
		f.unit.Entry().Disable()
	}
	f.load = kit.NewNumberField(sh, sh.T("field.max_load", nil), sh.T("app.judge_load_help", nil), sh.T("app.unit_works", nil), kit.Range{Low: 0, High: 9999}, false)
	if j.MaxLoad > 0 {
		f.load.SetValue(float64(j.MaxLoad))
	}
	for _, c := range rules.Categories {
		tick := widget.NewCheck(c.Name, nil)
		tick.SetChecked(slices.Contains(j.Categories, c.Name))
		f.categories = append(f.categories, tick)
	}
	f.away = widget.NewCheck(sh.T("app.judge_away_tick", nil), nil)
	f.away.SetChecked(j.Away)
	f.content = f.layout()
	return f
}

// layout sets words at the left and categories at the right.
func (f *judgeForm) layout() fyne.CanvasObject {
	narrow := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(kit.Blank(kit.Em(20), 0), o) }
	left := narrow(kit.Stack(kit.Gap8, f.name, f.unit, f.post, f.phone, f.load, f.away))
	grid := container.NewGridWithColumns(2)
	for _, tick := range f.categories {
		grid.Add(tick)
	}
	right := kit.NewField(f.sh.T("field.categories", nil), f.sh.T("app.judge_categories_help", nil), grid)
	return kit.Split(kit.Gap24, []float32{1, 1}, left, right)
}

// judge returns what the form says. Its error is already shown in the form.
func (f *judgeForm) judge() (judging.Judge, error) {
	if !f.name.Valid() {
		return judging.Judge{}, judging.Fail(judging.Invalid, "judges.no_name", nil)
	}
	j := f.was
	j.Name, j.Unit, j.Post, j.Phone = f.name.Text(), f.unit.Text(), f.post.Text(), f.phone.Text()
	j.Categories, j.Away = nil, f.away.Checked
	for _, tick := range f.categories {
		if tick.Checked {
			j.Categories = append(j.Categories, tick.Text)
		}
	}
	load, ok := f.load.Value()
	if !ok && f.load.Entry().Text != "" {
		return j, judging.Fail(judging.Invalid, "judges.bad_load", judging.Args{"Value": f.load.Entry().Text})
	}
	j.MaxLoad = int(load)
	return j, nil
}
