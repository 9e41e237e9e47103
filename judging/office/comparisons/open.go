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
	Most     int               // pairs that each judge is asked about at most; 0: all there are
}

// Open begins to compare the works at a line of Lines. Errors: NotFound for a line that is not open, and for a judge;
// Clash while they are compared already; Invalid for a judge who takes no part, or whom conflicts keep from all pairs,
// where nobody is left to ask, and for a number of pairs below 0; Closed once the awards are final.
func (o Stage) Open(ctx context.Context, q Request) (Status, error) {
	if q.Most < 0 {
		return Status{}, judging.Fail(judging.Invalid, "compare.bad_most", judging.Args{"Most": q.Most})
	}
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
			Most: q.Most, Seed: seed, By: o.rec.Actor, At: o.rec.Now().UTC(),
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

// Able is a judge who may be asked at a line.
type Able struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`  // as people call them
	Knows bool            `json:"knows"` // judges the category: who is asked where nobody is named
	Kept  int             `json:"kept"`  // works at the line that a conflict keeps them from
}

// ablesOf lists the judges who may look at two of the works at least, by identity.
func ablesOf(r *records.Reading, round judging.Round, l Line) ([]Able, error) {
	barred, err := compared.Bars(r, round)
	if err != nil {
		return nil, err
	}
	names, err := records.JudgeNames(r.Tx)
	if err != nil {
		return nil, err
	}
	out := []Able{}
	all, err := records.LoadJudges(r.Tx)
	for _, j := range all {
		one := Able{Judge: j.ID, Name: names[j.ID], Knows: j.Knows(l.Category)}
		for _, w := range l.Works {
			if barred(j.ID, w) {
				one.Kept++
			}
		}
		if !j.Away && len(l.Works)-one.Kept >= 2 {
			out = append(out, one)
		}
	}
	return out, err
}

// pickJudges checks the judges who were named, or chooses all who can be asked.
func pickJudges(
	r *records.Reading, round judging.Round, l Line, named []judging.JudgeID,
) (out []judging.JudgeID, err error) {
	able, err := ablesOf(r, round, l)
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		for _, a := range able {
			if a.Knows {
				out = append(out, a.Judge)
			}
		}
		if len(out) == 0 {
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
		case !slices.ContainsFunc(able, func(a Able) bool { return a.Judge == id }):
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
