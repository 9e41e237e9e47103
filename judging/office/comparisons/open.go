package comparisons

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Request says where to compare and whom to ask.
type Request struct {
	Why      string // compared.ForTie or ForDoubt
	Category string
	Group    string
	Award    string
	Judges   []judging.JudgeID // none: all who know the category and may look at two of the works at least
}

// Open begins to compare the works at a line of Lines. Errors: NotFound for a line that is not open, and for a judge;
// Clash while they are compared already; Invalid for a judge who takes no part, or whom conflicts keep from all pairs,
// and where nobody is left to ask; Closed once the awards are final.
func (o Stage) Open(ctx context.Context, q Request) (Status, error) {
	lines, err := o.Lines(ctx)
	if err != nil {
		return Status{}, err
	}
	want := compared.Comparison{Why: q.Why, Category: q.Category, Group: q.Group, Award: q.Award}
	at := slices.IndexFunc(lines, func(l Line) bool { return l.of(want) })
	if at < 0 {
		return Status{}, judging.Fail(judging.NotFound, "compare.no_line", judging.Args{
			"List": Line{Category: q.Category, Group: q.Group}.List(), "Award": q.Award,
		})
	}
	line := lines[at]
	seed, err := records.Seed(o.rec.Random, nil)
	if err != nil {
		return Status{}, err
	}
	var out Status
	err = o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		if open, err := openAt(tx, line); err != nil || open {
			return records.FirstError(err, judging.Fail(judging.Clash, "compare.open_already", nil))
		}
		contest, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		judges, err := pickJudges(records.ReadingOf(tx), contest.Round, line, q.Judges)
		if err != nil {
			return err
		}
		n, err := records.Take(tx, "comparison", 1)
		if err != nil {
			return err
		}
		c := compared.Comparison{
			ID: judging.Serial("k", 3, n), Why: line.Why, Round: contest.Round, Category: line.Category,
			Group: line.Group, Award: line.Award, Places: line.Places, Works: line.Works, Judges: judges,
			Seed: seed, By: o.rec.Actor, At: o.rec.Now().UTC(),
		}
		if out, err = statusOf(ctx, records.ReadingOf(tx), c); err != nil {
			return err
		}
		return records.FirstError(compared.Comparisons.Put(tx, c), o.rec.Log(tx, "compare.open", c.ID, nil, c))
	})
	return out, err
}

// openAt reports whether works at a line are being compared.
func openAt(tx store.Tx, l Line) (bool, error) {
	one := []Line{l}
	err := nameLines(tx, one)
	return one[0].Open != "", err
}

// pickJudges checks the judges who were named, or chooses all who can be asked.
func pickJudges(
	r *records.Reading, round judging.Round, l Line, named []judging.JudgeID,
) (out []judging.JudgeID, err error) {
	barred, err := compared.Bars(r, round)
	if err != nil {
		return nil, err
	}
	sees := func(j judging.JudgeID) (n int) {
		for _, w := range l.Works {
			if !barred(j, w) {
				n++
			}
		}
		return n
	}
	if len(named) == 0 {
		all, err := records.LoadJudges(r.Tx)
		for _, j := range all {
			if !j.Away && j.Knows(l.Category) && sees(j.ID) >= 2 {
				out = append(out, j.ID)
			}
		}
		if err == nil && len(out) == 0 {
			err = judging.Fail(judging.Invalid, "compare.nobody", nil)
		}
		return out, err
	}
	for _, id := range named {
		j, err := records.LoadJudge(r.Tx, id)
		switch {
		case err != nil:
			return nil, err
		case j.Away:
			return nil, judging.Fail(judging.Invalid, "compare.judge_away", judging.Args{"Name": j.Name})
		case sees(id) < 2:
			return nil, judging.Fail(judging.Invalid, "compare.judge_kept", judging.Args{"Name": j.Name})
		}
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Drop gives a comparison up, with a reason; what was said is kept and counts for nothing. Errors: NotFound, Invalid
// without a reason, Closed for one that was given up or whose result was ruled.
func (o Stage) Drop(ctx context.Context, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		c, err := loadOpen(tx, id)
		if err != nil {
			return err
		}
		c.Dropped = reason
		return records.FirstError(compared.Comparisons.Put(tx, c),
			o.rec.Log(tx, "compare.drop", id, nil, map[string]any{"reason": reason}))
	})
}
