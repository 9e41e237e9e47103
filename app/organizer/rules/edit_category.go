package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// categories is a line for each kind of work.
func (p *editRulesPage) categories() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("name", 4, 2), p.column("prefix", 4, 0), p.column("alias", 6, 4), p.column("rubric", 5, 2),
		p.column("scores", 3, 0), field.LineColumn{Min: 4}, field.LineColumn{Min: actsChars},
	)
	p.lines.lists["categories"] = lines
	var rubrics []choice.Option
	for _, n := range r.Rubrics {
		rubrics = append(rubrics, choice.Option{Key: n.Name, Title: n.Name})
	}
	for i := range r.Categories {
		c := &r.Categories[i]
		id, known := page.RuleCategories+"/"+NumberID(i), c.Name
		note := lines.Add(field.NewCell(c.Name, "", func(s string) { known = p.renameCategory(c, known, s) }),
			field.NewCell(
				c.Prefix, "", func(s string) { c.Prefix = strings.ToUpper(strings.TrimSpace(s)); p.changed() },
			),
			field.NewCell(strings.Join(c.Alias, "、"), "", func(s string) { c.Alias = wordList(s); p.changed() }),
			field.NewChoiceCell(rubrics, c.Rubric, func(k string) { c.Rubric = k; p.changed() }),
			p.number(id+"/scores", field.Range{High: 50}, float64(c.PerWork), func(v float64) { c.PerWork = int(v) }),
			button.NewPlain(p.sh.T("ruleedit.more", nil), func() { p.askCategory(i) }),
			p.lineActs(func() { movedUp(r.Categories, i); p.reshape() }, func() { p.dropCategory(i, known) }))
		p.note(note, func(f ruleFault) bool {
			return speaksOf(page.RuleCategories, id, append([]string{c.Name}, c.Alias...)...)(f) ||
				f.key == "rules.prefix" && f.where == c.Name
		})
	}
	add := button.New(p.sh.T("ruleedit.add_category", nil), func() {
		c := judging.Category{}
		if len(r.Rubrics) > 0 {
			c.Rubric = r.Rubrics[0].Name
		}
		p.grow("categories", func() { r.Categories = append(r.Categories, c) })
	})
	return lay.Surface(lay.Stack(lay.Gap16, p.head("categories"), lines, lay.Row(0, add)))
}

// renameCategory renames a category wherever the rules speak of it as known, and returns what they call it now. An
// empty name is not handed on, nor one that another category bears: while it is typed it may stand there for a
// moment, and what is said of the two could not be separated again.
func (p *editRulesPage) renameCategory(c *judging.Category, known, name string) string {
	c.Name = strings.TrimSpace(name)
	if c.Name != "" &&
		countOf(p.draft.Rules.Categories, func(x judging.Category) bool { return x.Name == c.Name }) == 1 {
		for i := range p.draft.Rules.Quotas {
			if q := &p.draft.Rules.Quotas[i]; q.Category == known {
				q.Category = c.Name
			}
		}
		known = c.Name
	}
	p.changed()
	return known
}

func countOf[T any](list []T, is func(T) bool) (n int) {
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}

// dropCategory takes a category away that the rules speak of as known, with its quotas: no line would show them any
// more.
func (p *editRulesPage) dropCategory(i int, known string) {
	r := &p.draft.Rules
	r.Categories = slices.Delete(r.Categories, i, i+1)
	r.Quotas = slices.DeleteFunc(r.Quotas, func(q judging.Quota) bool { return q.Category == known })
	p.reshape()
}

// askCategory asks for what a line has no room for: the groups ranked apart and what files must be.
func (p *editRulesPage) askCategory(i int) {
	r := &p.draft.Rules
	c := &r.Categories[i]
	var groups []choice.Option
	for _, g := range r.Groups {
		groups = append(groups, choice.Option{Key: g.Name, Title: g.Name})
	}
	need := judging.Requires{}
	if c.Requires != nil {
		need = *c.Requires
	}
	apart := choice.NewPicks(groups, c.Groups, nil)
	kinds := choice.NewPicks(p.fileKinds(), need.Kinds, nil)
	formats := field.NewText(
		p.sh, p.sh.T("ruleedit.formats", nil), p.sh.T("ruleedit.formats_help", nil), field.TextRule{Limit: formatsMost},
	)
	formats.SetText(strings.Join(need.Formats, "、"))
	limit := p.needField
	files := limit("max_files", "unit_files", 0, float64(need.MaxFiles))
	mb := limit("max_mb", "unit_mb", 2, need.MaxMB)
	side := limit("min_side", "unit_pixels", 0, float64(need.MinLong))
	seconds := limit("max_seconds", "unit_seconds", 1, need.MaxSeconds)
	words := limit("max_words", "unit_words", 0, float64(need.MaxWords))
	numbers := lay.Split(
		lay.Gap24, []float32{1, 1}, lay.Stack(lay.Gap8, files, mb, side), lay.Stack(lay.Gap8, seconds, words),
	)
	form := lay.Stack(
		lay.Gap16, field.New(p.sh.T("ruleedit.apart", nil), p.sh.T("ruleedit.apart_help", nil), apart),
		field.New(p.sh.T("ruleedit.kinds", nil), "", kinds), formats, numbers,
	)
	all := field.NewForm(files, mb, side, seconds, words)
	p.sh.Ask(kit.Question{
		Title: c.Name, Action: p.sh.T("ruleedit.take", nil), Content: form,
		Do: func() error {
			if !all.Valid() {
				return judging.Fail(judging.Invalid, "ruleedit.number_wrong", nil)
			}
			value := func(f *field.Number) float64 { v, _ := f.Value(); return v }
			need.Kinds, need.Formats = kinds.Chosen(), wordList(strings.ToLower(formats.Text()))
			need.MaxFiles = int(value(files))
			need.MaxMB = value(mb)
			need.MinLong = int(value(side))
			need.MaxSeconds = value(seconds)
			need.MaxWords = int(value(words))
			c.Groups, c.Requires = apart.Chosen(), &need
			r.Quotas = slices.DeleteFunc(r.Quotas, func(q judging.Quota) bool {
				return q.Category == c.Name && q.Group != "" && !slices.Contains(c.Groups, q.Group)
			})
			if emptyRequires(need) {
				c.Requires = nil
			}
			p.reshape()
			return nil
		},
	})
}

// needField asks for one limit of files; 0 leaves it empty, for no limit.
func (p *editRulesPage) needField(name, unit string, places int, value float64) *field.Number {
	f := field.NewNumber(
		p.sh, p.sh.T("ruleedit."+name, nil), "", p.sh.T("ruleedit."+unit, nil),
		field.Range{High: 1e6, Places: places}, false,
	)
	if value != 0 {
		f.SetValue(value)
	}
	return f
}

func emptyRequires(n judging.Requires) bool {
	return len(n.Kinds)+len(n.Formats)+n.MinFiles+n.MaxFiles+n.MinLong+n.MaxLong+n.MinShort+n.MinWords+
		n.MaxWords == 0 &&
		n.MinMB+n.MaxMB+n.MinSeconds+n.MaxSeconds == 0
}

func (p *editRulesPage) fileKinds() []choice.Option {
	var out []choice.Option
	for _, k := range []string{"picture", "video", "audio", "document", "text"} {
		out = append(out, choice.Option{Key: k, Title: p.sh.T("ruleedit.kind_"+k, nil)})
	}
	return out
}

// groups is a line for each group of authors.
func (p *editRulesPage) groups() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("name", 6, 2), p.column("alias", 10, 5), field.LineColumn{Min: 8}, field.LineColumn{Min: actsChars},
	)
	p.lines.lists["groups"] = lines
	for i := range r.Groups {
		g, known := &r.Groups[i], r.Groups[i].Name
		minor := choice.NewCheck(p.sh.T("ruleedit.minor", nil), nil)
		minor.SetChecked(g.Minor)
		minor.OnChanged = func(on bool) { g.Minor = on; p.changed() }
		note := lines.Add(field.NewCell(g.Name, "", func(s string) { known = p.renameGroup(g, known, s) }),
			field.NewCell(strings.Join(g.Alias, "、"), "", func(s string) { g.Alias = wordList(s); p.changed() }), minor,
			p.lineActs(func() { movedUp(r.Groups, i); p.reshape() }, func() { p.dropGroup(i, known) }))
		p.note(note, func(f ruleFault) bool {
			return speaksOf(page.RuleGroups, "", append([]string{g.Name}, g.Alias...)...)(f)
		})
	}
	add := button.New(p.sh.T("ruleedit.add_group", nil), func() {
		p.grow("groups", func() { r.Groups = append(r.Groups, judging.GroupRule{}) })
	})
	return lay.Surface(lay.Stack(lay.Gap16, p.head("groups"), lines, lay.Row(0, add)))
}

// renameGroup renames a group wherever the rules speak of it as known, as renameCategory does.
func (p *editRulesPage) renameGroup(g *judging.GroupRule, known, name string) string {
	g.Name = strings.TrimSpace(name)
	r := &p.draft.Rules
	if g.Name == "" || countOf(r.Groups, func(x judging.GroupRule) bool { return x.Name == g.Name }) > 1 {
		p.changed()
		return known
	}
	for i := range r.Categories {
		if at := slices.Index(r.Categories[i].Groups, known); at >= 0 {
			r.Categories[i].Groups = slices.Clone(r.Categories[i].Groups)
			r.Categories[i].Groups[at] = g.Name
		}
	}
	for i := range r.Quotas {
		if r.Quotas[i].Group != "" && r.Quotas[i].Group == known {
			r.Quotas[i].Group = g.Name
		}
	}
	p.changed()
	return g.Name
}

// dropGroup takes a group away that the rules speak of as known, and from the categories that rank it apart.
func (p *editRulesPage) dropGroup(i int, known string) {
	r := &p.draft.Rules
	r.Groups = slices.Delete(r.Groups, i, i+1)
	for at := range r.Categories {
		r.Categories[at].Groups = slices.DeleteFunc(
			slices.Clone(r.Categories[at].Groups), func(g string) bool { return g == known },
		)
	}
	r.Quotas = slices.DeleteFunc(r.Quotas, func(q judging.Quota) bool { return q.Group != "" && q.Group == known })
	p.reshape()
}

func (p *editRulesPage) column(name string, least, weight float32) field.LineColumn {
	return field.LineColumn{Title: p.sh.T("ruleedit.col_"+name, nil), Min: least, Weight: weight}
}

// NumberID names a line.
func NumberID(i int) string { return judging.Serial("", 3, i) }
