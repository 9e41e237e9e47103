package signed

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// Pledges is who accepted the pledge.
type Pledges struct {
	Text   string        `json:"text"` // the template; "" where the rules ask for none
	Judges []JudgePledge `json:"judges"`
}

// JudgePledge is how one judge stands with the pledge.
type JudgePledge struct {
	Judge  judging.JudgeID `json:"judge"`
	Name   string          `json:"name"`
	Call   string          `json:"call"` // name and what tells namesakes apart
	At     time.Time       `json:"at,omitzero"`
	Source judging.Source  `json:"source,omitempty"`
}

// Via names the text that says by which way the judge accepted it.
func (j JudgePledge) Via() string {
	if j.Source == judging.Sheet {
		return "pledge.via_paper"
	}
	return "score.source_" + string(j.Source)
}

// Pledges lists the judges who may score, in the order of their names, with whether they accepted the pledge; none
// where the rules ask for none.
func (o Stage) Pledges(ctx context.Context) (Pledges, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Pledges, error) {
		out := Pledges{Judges: []JudgePledge{}}
		rules, err := records.RuleSheet(tx)
		if err != nil || rules.Pledge == "" {
			return out, err
		}
		out.Text = string(rules.Pledge)
		calls, err := records.JudgeNames(tx)
		if err != nil {
			return out, err
		}
		err = records.Judges.Each(tx, func(j judging.Judge) error {
			if j.Away {
				return nil
			}
			p, err := pledged.Of(tx, rules, j.ID)
			out.Judges = append(out.Judges, JudgePledge{j.ID, j.Name, calls[j.ID], p.At, p.Source})
			return err
		})
		slices.SortStableFunc(out.Judges, func(a, b JudgePledge) int { return strings.Compare(a.Call, b.Call) })
		return out, err
	})
}

// NotePledge notes that a judge signed the pledge on paper, or takes an acceptance back. A note says why it is taken
// back. Errors: NotFound for the judge, or with back for one who has not accepted; Clash where the rules ask for none;
// Invalid for taking back without a reason.
func (o Stage) NotePledge(ctx context.Context, judge judging.JudgeID, back bool, reason string) error {
	if reason = judging.Tidy(reason); back && reason == "" {
		return judging.Fail(judging.Invalid, "pledge.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		if back {
			return pledged.Recall(o.rec, tx, judge, reason)
		}
		rules, err := records.RuleSheet(tx)
		if err != nil {
			return err
		}
		deed := journal.DeedOf(judge, judging.Sheet, journal.ActingIn(ctx))
		return pledged.Take(o.rec, tx, deed, judge, rules.Pledge.Sum(), time.Time{})
	})
}

// PrintPledges writes the pledge as PDF, a page for each judge who may score (or only for the one named), with lines
// for signature and date. Pages of who accepted it say when and by which way. Errors: NotFound, Clash where the rules
// ask for none, Unavailable.
func (o Stage) PrintPledges(ctx context.Context, path string, only judging.JudgeID, words paper.Words) error {
	all, err := o.Pledges(ctx)
	if err != nil {
		return err
	}
	if all.Text == "" {
		return judging.Fail(judging.Clash, "pledge.not_asked", nil)
	}
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return err
	}
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return err
	}
	form := diploma.PledgeForm{
		Title: words("pledge.title", nil), Made: o.rec.Now(), Words: diploma.Words(words),
	}
	for _, j := range all.Judges {
		if only != "" && only != j.Judge {
			continue
		}
		page := diploma.PledgePage{Text: rules.Pledge.For(c.Title(), j.Name), Judge: j.Call}
		if !j.At.IsZero() {
			page.Note = words("pledge.accepted_at", map[string]any{
				"At":  j.At.In(o.rec.Now().Location()).Format("2006-01-02 15:04"),
				"Via": words(j.Via(), nil),
			})
		}
		form.Pages = append(form.Pages, page)
	}
	if len(form.Pages) == 0 {
		return judging.Fail(judging.NotFound, "pledge.nobody", nil)
	}
	return records.WriteFile(path, func(w io.Writer) error { return diploma.Pledges(w, form) })
}
