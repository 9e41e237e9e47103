package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/terms"
)

// terms is what a rubric asks beyond marks: limits and compulsory comments, a line for the total and for each
// criterion, and the flags that veto.
func (p *editRulesPage) terms(n *judging.NamedRubric) fyne.CanvasObject {
	lines := field.NewLines(
		p.column("term", 6, 2), p.column("limit_least", 4, 0), p.column("limit_most", 4, 0),
		p.column("comment_when", 8, 1), p.column("comment_at", 4, 0),
	)
	p.termLine(lines, n, "total", p.sh.T("ruleedit.term_total", nil), "", &n.Limits, &n.Comment)
	for i := range n.Criteria {
		c := &n.Criteria[i]
		name := OrWord(c.Name, p.sh.T("ruleedit.nameless", nil))
		p.termLine(lines, n, "c"+NumberID(i), name, c.Name, &c.Limits, &c.Comment)
	}
	p.lines.lists["terms"] = lines
	return lay.Stack(lay.Gap16, p.head("terms"), lines, p.optional(n), p.vetoes(n))
}

// termLine is the line of the total or of the criterion called name, shown as title.
func (p *editRulesPage) termLine(
	lines *field.Lines, n *judging.NamedRubric, what, title, name string, l *terms.Limits, c *terms.Comment,
) {
	id := page.RuleRubrics + "/" + NumberID(p.rubric) + "/terms/" + what
	bounds := field.Range{High: 1e6, Places: 4}
	whens := []choice.Option{{Key: "never", Title: p.sh.T("ruleedit.comment_never", nil)}}
	for _, w := range []terms.When{terms.Always, terms.Below, terms.Above} {
		if w != terms.Always || name == "" { // a comment is of the whole work
			whens = append(whens, choice.Option{Key: string(w), Title: p.sh.T("ruleedit.comment_"+string(w), nil)})
		}
	}
	note := lines.Add(
		look.NewText(title, look.Body, look.Plain),
		p.number(id+"/least", bounds, l.Least, func(v float64) { l.Least = v }),
		p.number(id+"/most", bounds, l.Most, func(v float64) { l.Most = v }),
		field.NewChoiceCell(whens, OrWord(string(c.When), "never"), func(k string) {
			if c.When = terms.When(k); k == "never" {
				c.When = ""
			}
			p.changed()
		}),
		p.number(id+"/at", bounds, c.At, func(v float64) { c.At = v }),
	)
	p.note(note, func(f ruleFault) bool {
		if strings.HasPrefix(f.where, id+"/") {
			return true
		}
		sum := f.key == "rules.limits_sum" && name == ""
		return f.where == n.Name && (sum || f.name == name && (f.key == "rules.limits" || f.key == "rules.comment"))
	})
}

// vetoes is a line for each flag: by how many judges it keeps a work from a place, blank for never.
func (p *editRulesPage) vetoes(n *judging.NamedRubric) fyne.CanvasObject {
	id := page.RuleRubrics + "/" + NumberID(p.rubric) + "/veto/"
	lines := field.NewLines(p.column("veto", 10, 2), p.column("veto_judges", 6, 1))
	for _, flag := range judging.Flags {
		at := func() int {
			return slices.IndexFunc(n.Vetoes, func(v terms.Veto) bool { return v.Flag == string(flag) })
		}
		judges := 0
		if i := at(); i >= 0 {
			judges = n.Vetoes[i].Judges
		}
		set := func(v float64) {
			n.Vetoes = slices.DeleteFunc(n.Vetoes, func(v terms.Veto) bool { return v.Flag == string(flag) })
			if v > 0 {
				n.Vetoes = append(n.Vetoes, terms.Veto{Flag: string(flag), Judges: int(v)})
			}
		}
		where := id + string(flag)
		note := lines.Add(
			look.NewText(p.sh.T("desk.flag_"+string(flag), nil), look.Body, look.Plain),
			p.number(where, field.Range{High: 50}, float64(judges), set),
		)
		p.note(note, func(f ruleFault) bool { return f.where == where })
	}
	return lay.Stack(lay.Gap16, p.head("vetoes"), lines)
}
