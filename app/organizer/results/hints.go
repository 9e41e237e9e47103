package results

import (
	"context"
	"errors"
	"slices"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/hints"
)

// hintsOf are the hints about works of a category, those that nobody looked at yet first.
func (d severityData) hintsOf(category string) (open, noted []hints.Hint) {
	for _, h := range d.hints {
		if !slices.ContainsFunc(h.Works, func(w judging.WorkID) bool { return d.works[w].Category == category }) {
			continue
		}
		if h.Note == nil {
			open = append(open, h)
		} else {
			noted = append(noted, h)
		}
	}
	return open, noted
}

// hintLines are hints as lines: those that wait say so by their colour.
func hintLines(t kit.Texter, all []hints.Hint) (lines []table.ProblemLine) {
	for _, h := range all {
		who := h.Name
		if h.OtherName != "" {
			who = t.T("hints.two", judging.Args{"Judge": h.Name, "Other": h.OtherName})
		}
		l := table.ProblemLine{Kind: t.T("hints.kind", nil), Place: who, Text: hintText(t, h), Tone: look.Waiting}
		if h.Note != nil {
			l.Kind, l.Tone = t.T("hints.kind_noted", nil), look.Quiet
		}
		lines = append(lines, l)
	}
	return lines
}

func hintText(t kit.Texter, h hints.Hint) string {
	return t.T(h.Sentence(func(at time.Time) string { return kit.DateTime(t, at.Local()) }))
}

// onHint shows a hint whole, and keeps that somebody looked at it; or takes that back.
func (p *severityPage) onHint(h hints.Hint) {
	q := kit.Question{
		Title: p.sh.T("hints.kind", nil),
		Text:  hintText(p.sh, h) + "\n" + p.sh.T("hints.about", nil),
		Draft: "hint/" + h.ID,
	}
	label, key := "hints.found", "hints.keep"
	if h.Note != nil {
		label, key = "hints.recall_reason", "hints.recall"
		q.Draft += "/recall"
		q.Text += "\n" + p.sh.T("hints.noted", judging.Args{
			"Reason": h.Note.Reason, "By": h.Note.By, "At": kit.DateTime(p.sh, h.Note.At.Local()),
		})
	}
	reason := field.NewText(p.sh, p.sh.T(label, nil), "", field.TextRule{Required: true, Limit: 300, Lines: 2})
	q.Content, q.Action = reason, p.sh.T(key, nil)
	q.Do = func() error {
		err := p.seeTo(h, reason.Text())
		if judging.CodeOf(err) == judging.NotFound { // scores changed meanwhile
			p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("hints.changed", nil)})
			err = nil
		}
		if err == nil {
			p.Load()
		}
		return err
	}
	p.sh.Ask(q)
}

func (p *severityPage) seeTo(h hints.Hint, reason string) error {
	if h.Note != nil {
		return p.office.Hints().Recall(context.Background(), h.ID, reason)
	}
	_, err := p.office.Hints().Note(context.Background(), h.ID, reason)
	return err
}

// readHints reads the hints; a round in which nobody scored yet has none.
func (p *severityPage) readHints(ctx context.Context) ([]hints.Hint, error) {
	all, err := p.office.Hints().List(ctx)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return all, err
}
