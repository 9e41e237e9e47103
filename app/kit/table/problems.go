package table

import (
	"cmp"
	"strconv"

	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// ProblemLine is one thing that is wrong: what kind, where, and what to do about it.
type ProblemLine struct {
	Kind, Place, Text string
	Tone              look.Tone // Problem stops the work, Waiting does not
}

// Problems lists what is wrong, by kind with counts to press, thousands of lines if need be.
type Problems struct {
	lay.Box

	OnOpen func(index int) // a line was opened; index is its place in what SetLines got

	text   kit.Texter
	filter *filter.Bar
	table  *Table[numbered]
	lines  []ProblemLine
}

type numbered struct {
	ProblemLine

	index int
}

// NewProblems returns an empty list.
func NewProblems(t kit.Texter) *Problems {
	p := &Problems{text: t}
	p.filter = filter.NewBar(t, func(kit.Filter) { p.show() })
	column := func(
		title string, min, weight float32, cell func(numbered) Cell, by func(numbered) string,
	) Column[numbered] {
		return Column[numbered]{Title: title, Min: min, Weight: weight, Cell: cell,
			Compare: func(a, b numbered) int { return cmp.Compare(by(a), by(b)) }}
	}
	p.table = New(func(n numbered) string { return strconv.Itoa(n.index + 1) },
		column(t.T("kit.problem_kind", nil), 6, 1, func(n numbered) Cell {
			return Cell{
				Text: n.Kind,
				Tone: n.Tone,
			}
		}, func(n numbered) string { return n.Kind }),
		Column[numbered]{
			Title:   t.T("kit.problem_place", nil),
			Min:     8,
			Weight:  1.5,
			Cell:    func(n numbered) Cell { return Cell{Text: n.Place, Tone: look.Quiet} },
			Compare: func(a, b numbered) int { return cmp.Compare(a.index, b.index) },
		},
		column(t.T("kit.problem_text", nil), 14, 5, func(n numbered) Cell {
			return Cell{
				Text: n.Text,
			}
		}, func(n numbered) string { return n.Text }),
	)
	p.table.SetEmpty(status.NewEmpty(t.T("kit.no_problem", nil), "", nil))
	p.table.OnOpen = func(n numbered) {
		if p.OnOpen != nil {
			p.OnOpen(n.index)
		}
	}
	p.Content = container.NewBorder(lay.Inset(lay.Gap4, p.filter), nil, nil, nil, p.table)
	p.ExtendBaseWidget(p)
	return p
}

// SetLines replaces the lines.
func (p *Problems) SetLines(lines []ProblemLine) {
	p.lines = lines
	counts, tones, kinds := map[string]int{}, map[string]look.Tone{}, []string{}
	for _, l := range lines {
		if counts[l.Kind] == 0 {
			kinds = append(kinds, l.Kind)
		}
		counts[l.Kind]++
		tones[l.Kind] = l.Tone
	}
	quicks := []filter.Quick{{Title: p.text.T("kit.all", nil), Count: len(lines)}}
	for _, k := range kinds {
		quicks = append(quicks, filter.Quick{Key: k, Title: k, Count: counts[k], Tone: tones[k]})
	}
	p.filter.SetQuick(quicks...)
	p.show()
}

func (p *Problems) show() {
	f := p.filter.Filter()
	var rows []numbered
	for i, l := range p.lines {
		if (f.Quick == "" || f.Quick == l.Kind) && f.Finds(l.Kind, l.Place, l.Text) {
			rows = append(rows, numbered{l, i})
		}
	}
	p.table.SetRows(rows)
}
