package comparisons

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/review"
	"fayi/judging/store"
)

// Desk is where one judge says which of two works is better.
type Desk struct {
	rec    *records.Records
	judge  judging.JudgeID
	source judging.Source
}

// Desk seats a judge at this computer. Nothing is checked until a method is called.
func (o Stage) Desk(judge judging.JudgeID) Desk {
	return Desk{rec: o.rec, judge: judge, source: judging.Desk}
}

// Typed has the desk say that the organiser types for the judge.
func (d Desk) Typed() Desk {
	d.source = judging.CLI
	return d
}

// Pair is what a judge is asked, and what they may take back. Left and Right are zero when there is nothing to ask.
type Pair struct {
	Contest    string            `json:"contest"`
	Name       string            `json:"name"`       // of the judge
	Comparison string            `json:"comparison"` // "" for none
	Left       judging.BlindWork `json:"left"`
	Right      judging.BlindWork `json:"right"`
	Said       int               `json:"said"` // answers of the judge that count, in all comparisons that are open
	Most       int               `json:"most"` // how many they are asked for at most, in all of them; 0: nobody said
	Last       string            `json:"last"` // the newest of them, for TakeBack; "" for none
	Sure       bool              `json:"sure"` // the comparison that is asked about is sure enough already
}

// Asks reports whether there is something to ask.
func (p Pair) Asks() bool { return p.Comparison != "" }

// Ask chooses the pair that tells most of all comparisons that are open for the judge, one that is not sure yet first.
// Errors: NotFound for the judge.
func (d Desk) Ask(ctx context.Context) (Pair, error) {
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (Pair, error) { return d.ask(ctx, tx) })
}

func (d Desk) ask(ctx context.Context, tx store.Tx) (Pair, error) {
	contest, err := records.LoadContest(tx)
	if err != nil {
		return Pair{}, err
	}
	j, err := records.LoadJudge(tx, d.judge)
	if err != nil {
		return Pair{}, err
	}
	out := Pair{Contest: contest.Title(), Name: j.Name}
	all, err := compared.RunningIn(tx)
	if err != nil {
		return out, err
	}
	r := records.ReadingOf(tx)
	var newest compared.PairAnswer
	endless := false
	for _, c := range all {
		if !slices.Contains(c.Judges, d.judge) {
			continue
		}
		out.Most, endless = out.Most+c.Most, endless || c.Most == 0
		order, err := compared.Of(ctx, r, c)
		if err != nil {
			return out, err
		}
		for _, a := range order.Counted {
			if a.Judge == d.judge {
				out.Said++
				if cmp.Or(a.At.Compare(newest.At), cmp.Compare(a.N, newest.N)) > 0 {
					newest, out.Last = a, answerID(a)
				}
			}
		}
		left, right, more := order.Next(d.judge)
		if sure := order.Sure(); more && (!out.Asks() || out.Sure && !sure) {
			out.Comparison, out.Sure = c.ID, sure
			_, works, err := r.Works()
			if err != nil {
				return out, err
			}
			out.Left, out.Right = works[left].Blind(), works[right].Blind()
		}
	}
	if endless {
		out.Most = 0
	}
	return out, nil
}

func answerID(a compared.PairAnswer) string { return a.Comparison + "/" + judging.Serial("", 5, a.N) }

// Answer keeps what the judge says of two works of a comparison, by their codes: better is one of them, "" for neither.
// They may stand either way round. The same said again changes nothing. Errors: NotFound for the comparison or a work
// that is not compared in it; Forbidden for a judge who is not asked, or has a conflict with one of the works; Clash
// when they have said otherwise of the pair; Closed when nothing is asked any more.
func (d Desk) Answer(ctx context.Context, comparison string, left, right, better judging.WorkCode) error {
	return d.AnswerOnce(ctx, "", comparison, left, right, better)
}

// AnswerOnce is Answer for a device that sends again what it has no receipt for: an answer that came with the same mark
// before changes nothing, whatever became of it and of the comparison since. "" is no mark. Errors: as Answer; Invalid
// for a mark that is too long.
func (d Desk) AnswerOnce(
	ctx context.Context, mark, comparison string, left, right, better judging.WorkCode,
) error {
	if came, err := d.came(ctx, mark, comparison); came || err != nil {
		return err
	}
	return d.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		c, err := loadOpen(tx, comparison)
		if err != nil {
			return err
		}
		a := compared.PairAnswer{Comparison: c.ID, Judge: d.judge, At: d.rec.Now().UTC(), Mark: mark}
		if err := d.pair(tx, c, &a, left, right, better); err != nil {
			return err
		}
		all, err := compared.AnswersOf(tx, c.ID)
		if err != nil || d.among(all, mark) {
			return err
		}
		for _, b := range all {
			if b.Judge == a.Judge && b.Recalled == "" && samePair(a, b) {
				if a.Better == b.Better {
					return nil
				}
				return judging.Fail(judging.Clash, "compare.said_otherwise", nil)
			}
		}
		if err := d.enough(ctx, tx, c); err != nil {
			return err
		}
		a.N = len(all) + 1 // none is ever deleted
		deed := journal.DeedOf(d.judge, d.source, journal.Acting{})
		return records.FirstError(compared.PairAnswers.Put(tx, a),
			records.ByWhom(d.rec, deed).Log(tx, "compare.answer", answerID(a), nil, said{a, deed}))
	})
}

// enough refuses what goes beyond the pairs that a judge is asked about at most.
func (d Desk) enough(ctx context.Context, tx store.Tx, c compared.Comparison) error {
	if c.Most == 0 {
		return nil
	}
	order, err := compared.Of(ctx, records.ReadingOf(tx), c)
	if err == nil && order.Said(d.judge) >= c.Most {
		err = judging.Fail(judging.Closed, "compare.enough", judging.Args{"Count": c.Most})
	}
	return err
}

// said is an answer in the journal, with who spoke for whom.
type said struct {
	compared.PairAnswer
	journal.Deed
}

func samePair(a, b compared.PairAnswer) bool {
	return min(a.Left, a.Right) == min(b.Left, b.Right) && max(a.Left, a.Right) == max(b.Left, b.Right)
}

// pair fills in the works of an answer and checks that the judge may speak of them.
func (d Desk) pair(
	tx store.Tx, c compared.Comparison, a *compared.PairAnswer, left, right, better judging.WorkCode,
) error {
	if !slices.Contains(c.Judges, d.judge) {
		return judging.Fail(judging.Forbidden, "compare.not_asked", nil)
	}
	r := records.ReadingOf(tx)
	_, works, err := r.Works()
	if err != nil {
		return err
	}
	takes, err := records.InRound(tx, c.Round)
	if err != nil {
		return err
	}
	for _, id := range c.Works {
		switch w := works[id]; {
		case !takes(w):
		case w.Code == left:
			a.Left = id
		case w.Code == right:
			a.Right = id
		}
	}
	switch {
	case a.Left == "":
		return judging.Fail(judging.NotFound, "compare.not_compared", judging.Args{"Code": left})
	case a.Right == "":
		return judging.Fail(judging.NotFound, "compare.not_compared", judging.Args{"Code": right})
	}
	switch better {
	case left:
		a.Better = a.Left
	case right:
		a.Better = a.Right
	case "":
	default:
		return judging.Fail(judging.NotFound, "compare.not_compared", judging.Args{"Code": better})
	}
	barred, err := compared.Bars(r, c.Round)
	if err == nil && (barred(d.judge, a.Left) || barred(d.judge, a.Right)) {
		err = judging.Fail(judging.Forbidden, "compare.conflict", nil)
	}
	return err
}

// OpenFile gives the n-th file of a work that the judge is asked about, as the desk of package scoring does. Errors: as
// judging.Ballots, Forbidden for any other work.
func (d Desk) OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error) {
	w, err := records.View(ctx, d.rec.DB, func(tx store.Tx) (judging.Work, error) {
		all, err := compared.RunningIn(tx)
		if err != nil {
			return judging.Work{}, err
		}
		r := records.ReadingOf(tx)
		for _, c := range all {
			if !slices.Contains(c.Judges, d.judge) {
				continue
			}
			barred, err := compared.Bars(r, c.Round)
			if err != nil {
				return judging.Work{}, err
			}
			takes, err := records.InRound(tx, c.Round)
			if err != nil {
				return judging.Work{}, err
			}
			for _, id := range c.Works {
				w, err := records.LoadWork(tx, id)
				if err == nil && w.Code == code && takes(w) && !barred(d.judge, id) {
					return w, nil
				}
			}
		}
		return judging.Work{}, judging.Fail(judging.Forbidden, "compare.not_asked", nil)
	})
	if err != nil {
		return judging.OpenFile{}, err
	}
	return review.JudgeFile(ctx, d.rec, w, n, side)
}

// Back takes back the answer that Ask named as the judge's newest. Errors: as TakeBack, Forbidden for another's.
func (d Desk) Back(ctx context.Context, answer, reason string) error {
	return takeBack(ctx, d.rec, d, answer, reason)
}

// TakeBack takes an answer back, with a reason: it counts for nothing, is kept, and the pair may be asked again.
// Errors: NotFound for one that does not count any more, Invalid without a reason, Closed once the result was ruled.
func (o Stage) TakeBack(ctx context.Context, answer, reason string) error {
	return takeBack(ctx, o.rec, Desk{rec: o.rec, source: judging.CLI}, answer, reason)
}

func takeBack(ctx context.Context, rec *records.Records, by Desk, answer, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		a, err := compared.PairAnswers.Get(tx, answer)
		if judging.CodeOf(err) == judging.NotFound || err == nil && a.Recalled != "" {
			return judging.Fail(judging.NotFound, "compare.no_answer", judging.Args{"ID": answer})
		}
		if err != nil {
			return err
		}
		if by.judge != "" && by.judge != a.Judge {
			return judging.Fail(judging.Forbidden, "compare.not_asked", nil)
		}
		if _, err := loadOpen(tx, a.Comparison); err != nil {
			return err
		}
		before := a
		a.Recalled = reason
		return records.FirstError(compared.PairAnswers.Put(tx, a),
			records.ByWhom(rec, journal.Deed{By: by.judge}).Log(tx, "compare.take_back", answer, before, a))
	})
}
