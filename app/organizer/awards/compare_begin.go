package awards

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/comparisons"
)

// mostAnswers is the highest number of pairs that the organiser can set for each judge.
const mostAnswers = 999

// beginning is who is asked at a line, and about how many pairs at most. It outlives a look at the page again.
type beginning struct {
	sh    kit.Shell
	line  comparisons.Line
	ticks []*choice.Check // one for each judge of line.Able
	most  *field.Number
}

func newBeginning(sh kit.Shell, l comparisons.Line) *beginning {
	b := &beginning{sh: sh, line: l}
	for _, a := range l.Able {
		key := "comparepage.able"
		if !a.Knows {
			key = "comparepage.able_other"
		}
		tick := choice.NewCheck(sh.T(key, judging.Args{"Name": a.Name, "Kept": a.Kept}), nil)
		tick.Checked = a.Knows
		b.ticks = append(b.ticks, tick)
	}
	b.most = field.NewNumber(sh, sh.T("comparepage.most", nil), sh.T("comparepage.most_help", nil),
		sh.T("comparepage.most_unit", nil), field.Range{Low: 1, High: mostAnswers}, false)
	return b
}

// of reports whether the form is that of a line with the same judges.
func (b *beginning) of(l comparisons.Line) bool {
	return b != nil && lineKey(b.line) == lineKey(l) && slices.Equal(b.line.Able, l.Able)
}

func (b *beginning) content() fyne.CanvasObject {
	tiles := make([]fyne.CanvasObject, len(b.ticks))
	for i, t := range b.ticks {
		tiles[i] = t
	}
	return lay.Stack(lay.Gap16,
		look.NewStrong(b.sh.T("comparepage.who", nil), look.Section, look.Plain),
		lay.Tiles(lay.Gap8, look.Em(11), tiles...), b.most,
	)
}

// chosen lists who is ticked.
func (b *beginning) chosen() (judges []judging.JudgeID, names []string) {
	for i, t := range b.ticks {
		if t.Checked {
			judges, names = append(judges, b.line.Able[i].Judge), append(names, b.line.Able[i].Name)
		}
	}
	return judges, names
}

// onBegin shows who would be asked about what, then opens the comparison.
func (p *comparePage) onBegin(b *beginning) {
	judges, names := b.chosen()
	if len(judges) == 0 {
		p.sh.Tell(kit.Notice{Tone: look.Problem, Text: p.sh.T("comparepage.who_none", nil)})
		return
	}
	if !b.most.Valid() {
		b.most.Focus()
		return
	}
	most, _ := b.most.Value() // an empty field is no limit
	l := b.line
	p.sh.Ask(kit.Question{
		Title: p.sh.T("comparepage.begin", nil), Action: p.sh.T("comparepage.begin", nil),
		Text: p.sh.T("comparepage.begin_text", judging.Args{
			"Names": join(p.sh, names), "Judges": len(names), "Count": len(l.Works), "Award": l.Award,
			"Most": int(most),
		}),
		Do: func() error {
			s, err := p.office.Open(context.Background(), comparisons.Request{
				Why: l.Why, Category: l.Category, Group: l.Group, Award: l.Award, Judges: judges, Most: int(most),
			})
			if err == nil {
				p.chosen, p.begin = s.ID, nil
				p.Load()
			}
			return err
		},
	})
}
