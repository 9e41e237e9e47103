package hints

import (
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/hints"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/stats"
	"fayi/judging/store"
)

// Stage finds hints in the scores of an open contest and keeps who looked at them; package office hands it out. Its
// methods may be called from many goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the hints of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// List finds the hints in the scores of the present round as they are now, those noted too. Errors: NotFound before
// the first round, Invalid for a round without marks.
func (o Stage) List(ctx context.Context) ([]Hint, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Hint, error) { return listIn(ctx, tx) })
}

func listIn(ctx context.Context, tx store.Tx) ([]Hint, error) {
	s, err := results.ScoringIn(ctx, records.ReadingOf(tx), 0)
	if err != nil {
		return nil, err
	}
	if s.Rules.Voting != nil {
		return nil, judging.Fail(judging.Invalid, results.NoMarks, judging.Args{"Kind": string(s.Rules.Voting.Kind)})
	}
	return In(ctx, tx, s)
}

// In finds the hints in the scores of a round of marks, within a transaction.
func In(ctx context.Context, tx store.Tx, s results.Scoring) ([]Hint, error) {
	if !slices.ContainsFunc(s.Scores, judging.Score.Counts) {
		return []Hint{}, nil
	}
	f, err := s.Fit(ctx, s.Placings, stats.Hier)
	if err != nil {
		return nil, err
	}
	names := Names{Works: f.WorkIDs, Judges: f.JudgeIDs, Called: func(j judging.JudgeID) string { return s.Called[j] }}
	units := make([]string, 0, len(f.WorkIDs)+len(f.JudgeIDs))
	for _, id := range f.WorkIDs {
		units = append(units, s.Works[id].Unit)
	}
	for _, id := range f.JudgeIDs { // a judge's own unit may have sent nothing: then it is a number of no work
		units = append(units, s.Judges[id].Unit)
	}
	numbers, called := UnitNumbers(units)
	names.Units = called
	found := Found(hints.Round{
		Table: f.Table(), Fit: &f.Result, Unit: numbers[:len(f.WorkIDs)], Own: numbers[len(f.WorkIDs):],
		List: listsOf(s.Placings),
	}, changesOf(s, f.WorkIDs, f.JudgeIDs, f.Points), names)
	for i := range found {
		n, err := noteIn(tx, s.Round, found[i].ID)
		if err != nil {
			return nil, err
		}
		found[i].Note = n
	}
	return found, nil
}

// noteIn returns the note that counts on a hint; nil where there is not one.
func noteIn(tx store.Tx, r judging.Round, hint string) (*records.HintNote, error) {
	n, err := records.HintNotes.Get(tx, records.HintNoteID(r, hint))
	if errors.Is(err, judging.ErrNotFound) || err == nil && n.Recalled != "" {
		return nil, nil
	}
	return &n, err
}

// Note keeps that a person looked at a hint of the present round, with what they found; a note before it is replaced.
// It changes no score and may be written at any time. Errors: NotFound for a hint that is not there, Invalid without a
// reason.
func (o Stage) Note(ctx context.Context, hint, reason string) (out Hint, err error) {
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "hints.needs_reason", nil)
	}
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		all, err := listIn(ctx, tx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(h Hint) bool { return h.ID == hint })
		if at < 0 {
			return judging.Fail(judging.NotFound, "hints.none", judging.Args{"Hint": hint})
		}
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		out = all[at]
		before := out.Note
		out.Note = &records.HintNote{
			Round: c.Round, Hint: hint, Reason: reason, By: o.rec.Actor, At: o.rec.Now().UTC(),
		}
		return records.FirstError(
			records.HintNotes.Put(tx, *out.Note), o.rec.Log(tx, "hints.note", hint, noted(before), out.Note),
		)
	})
	return out, err
}

// noted is a note for the journal, nil for none.
func noted(n *records.HintNote) any {
	if n == nil {
		return nil
	}
	return n
}

// Recall takes the note on a hint back, with a reason, so that the hint is open again. Errors: NotFound for a hint
// without a note, Invalid without a reason.
func (o Stage) Recall(ctx context.Context, hint, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "hints.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		before, err := noteIn(tx, c.Round, hint)
		if err != nil {
			return err
		}
		if before == nil {
			return judging.Fail(judging.NotFound, "hints.no_note", judging.Args{"Hint": hint})
		}
		after := *before
		after.Recalled = reason
		return records.FirstError(
			records.HintNotes.Put(tx, after), o.rec.Log(tx, "hints.recall", hint, before, after),
		)
	})
}

// listsOf numbers the lists of works.
func listsOf(placings []judging.Placing) []int {
	out := make([]int, len(placings))
	for i, p := range placings {
		if i > 0 {
			out[i] = out[i-1]
			if !results.SameList(placings[i-1], p) {
				out[i]++
			}
		}
	}
	return out
}

// typing is how long a mark stands at least to have been one: desks save while a judge types.
const typing = time.Minute

// changesOf lists which marks judges changed on devices, whose clock knows when. points brings a total of a work to
// those of the table.
func changesOf(
	s results.Scoring, works []judging.WorkID, judges []judging.JudgeID, points func(work int, total float64) float64,
) (out []hints.Change) {
	at, judgeAt := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	for i, id := range works {
		at[id] = i
	}
	for i, id := range judges {
		judgeAt[id] = i
	}
	of := map[judging.WorkID][]judging.Score{}
	for _, score := range s.Scores {
		if score.Counts() {
			of[score.Work] = append(of[score.Work], score)
		}
	}
	for _, id := range works {
		for _, score := range of[id] {
			stood := standing(score)
			for i := 1; i < len(stood); i++ {
				before, after := stood[i-1], stood[i]
				if before.Total == after.Total {
					continue
				}
				c := hints.Change{
					Work: at[id], Judge: judgeAt[score.Judge], At: after.At, Others: map[int]float64{},
					Before: points(at[id], before.Total), After: points(at[id], after.Total),
				}
				for _, other := range of[id] {
					if v, did := stoodAt(other, after.At); did && other.Judge != score.Judge {
						c.Others[judgeAt[other.Judge]] = points(at[id], v.Total)
					}
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// standing lists the versions of a score that a judge gave on a device and that stood longer than it takes to type.
func standing(s judging.Score) (out []judging.ScoreVersion) {
	for i, v := range s.Versions {
		typed := i+1 < len(s.Versions) && s.Versions[i+1].At.Sub(v.At) < typing
		if v.State == judging.Scored && !typed && (v.Source.ByJudge() || v.Source == judging.Packet) {
			out = append(out, v)
		}
	}
	return out
}

// stoodAt returns what stood of a score at a moment.
func stoodAt(s judging.Score, at time.Time) (out judging.ScoreVersion, did bool) {
	for _, v := range s.Versions {
		if v.At.After(at) {
			break
		}
		out, did = v, v.State == judging.Scored
	}
	return out, did
}
