package scoring

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Take says which of two scores holds where they differ and neither was made on the other. In addition to the names
// below it may be the mark of one of the statements that wait.
type Take string

// The answers; all that was said stays in the history either way.
const (
	TakeNone    Take = ""        // ask: the clash is kept and listed
	TakePacket  Take = "packet"  // the packet's holds
	TakeSheet   Take = "sheet"   // the score sheet's holds
	TakeDesk    Take = "desk"    // the desk's holds
	TakeEntered Take = "entered" // the typed one holds
	TakeContest Take = "contest" // the one that holds now goes on holding
)

// TakeOf is the answer that takes what came by a way.
func TakeOf(s judging.Source) Take {
	switch s {
	case judging.Packet:
		return TakePacket
	case judging.Sheet:
		return TakeSheet
	case judging.Desk, judging.Room:
		return TakeDesk
	}
	return TakeEntered
}

// Check refuses an answer that is not one. Errors: Invalid.
func (take Take) Check() error {
	if !slices.Contains([]Take{TakeNone, TakePacket, TakeSheet, TakeDesk, TakeEntered, TakeContest}, take) {
		return judging.Fail(judging.Invalid, "scores.bad_take", judging.Args{"Value": string(take)})
	}
	return nil
}

// PacketClash is a score that the contest and what was brought tell differently.
type PacketClash struct {
	Judge   judging.JudgeID      `json:"judge"`
	Name    string               `json:"name"`
	Work    judging.WorkID       `json:"work"`
	Code    judging.WorkCode     `json:"code"`
	Title   string               `json:"title"`
	Contest judging.ScoreVersion `json:"contest"`
	Packet  judging.ScoreVersion `json:"packet"` // what was brought, by whichever way
	Take    Take                 `json:"take"`   // the answer that lets it hold
}

// clashRecord keeps what was brought until somebody decides.
type clashRecord struct {
	Round    judging.Round          `json:"round"`
	Judge    judging.JudgeID        `json:"judge"`
	Code     judging.WorkCode       `json:"code"`
	Packet   string                 `json:"packet"`   // the packet that some of it came in
	Versions []judging.ScoreVersion `json:"versions"` // that the contest does not have
}

var clashes = store.NewTable("clash", 1, func(c *clashRecord) string { return clashID(c.Round, c.Judge, c.Code) })

func clashID(round judging.Round, judge judging.JudgeID, code judging.WorkCode) string {
	return records.SeatID(round, judge) + "/" + string(code)
}

func loadClash(tx store.Tx, round judging.Round, judge judging.JudgeID, code judging.WorkCode) (*clashRecord, error) {
	c, err := clashes.Get(tx, clashID(round, judge, code))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &c, err
}

// Waiting lists what was said of a judge's score and waits for a decision.
func Waiting(
	tx store.Tx, round judging.Round, judge judging.JudgeID, code judging.WorkCode,
) ([]judging.ScoreVersion, error) {
	c, err := loadClash(tx, round, judge, code)
	if err != nil || c == nil {
		return nil, err
	}
	return c.Versions, nil
}

// candidates are the statements of which one could hold: of each packet's only its last, on which it said nothing
// more. Packets of earlier versions do not say what they were made on: of theirs the last that was brought.
func (c clashRecord) candidates() (out []judging.ScoreVersion) {
	for i, v := range c.Versions {
		over := func(later judging.ScoreVersion) bool {
			return later.Source == judging.Packet && (v.Base == "" || later.Base == "" || later.Base == v.ID())
		}
		if v.Source != judging.Packet || !slices.ContainsFunc(c.Versions[i+1:], over) {
			out = append(out, v)
		}
	}
	return out
}

// takeFor is the answer that lets v hold: the name of its way where that says enough.
func (c clashRecord) takeFor(v judging.ScoreVersion) Take {
	n := 0
	for _, other := range c.candidates() {
		if other.Source == v.Source {
			n++
		}
	}
	if n == 1 {
		return TakeOf(v.Source)
	}
	return Take(v.ID())
}

// tell tells a clash to whoever decides, once for each statement that could hold.
func (c clashRecord) tell(in Duty, w judging.Work, now judging.ScoreVersion) (out []PacketClash) {
	for _, v := range c.candidates() {
		out = append(
			out,
			PacketClash{
				Judge:   in.Judge.ID,
				Name:    in.Judge.Name,
				Work:    w.ID,
				Code:    c.Code,
				Title:   w.Title,
				Contest: now,
				Packet:  v,
				Take:    c.takeFor(v),
			},
		)
	}
	return out
}

// pending reports whether a clash is still to be decided on: the score may have changed since, or be void.
func (c clashRecord) pending(s judging.Score) bool {
	now := s.Now().Ballot
	return s.Void == "" &&
		slices.ContainsFunc(c.candidates(), func(v judging.ScoreVersion) bool { return !v.Same(now) })
}

// Clashes lists the scores of the round that were given differently by different ways and nobody has decided on yet,
// by judge.
func (o Stage) Clashes(ctx context.Context) ([]PacketClash, error) {
	return records.View(ctx, o.rec.DB, OpenClashes)
}

// OpenClashes is Clashes within a transaction.
func OpenClashes(tx store.Tx) ([]PacketClash, error) {
	out := []PacketClash{}
	c, err := records.LoadContest(tx)
	if err != nil {
		return out, err
	}
	err = clashes.EachPrefix(tx, judging.Serial("r", 2, int(c.Round))+"/", func(rec clashRecord) error {
		in, err := LoadDeskDuty(tx, rec.Judge)
		if err != nil {
			return err
		}
		w, err := in.Find(rec.Code)
		if err != nil {
			return nil // the work is off the judge's list: there is nothing to decide
		}
		s, err := in.LoadScore(tx, w)
		if err != nil {
			return err
		}
		if !rec.pending(s) {
			return nil
		}
		if err := in.writable(tx, w); judging.CodeOf(err) == judging.Closed {
			return nil // nothing can be decided any more
		} else if err != nil {
			return err
		}
		out = append(out, rec.tell(in, w, s.Now())...)
		return nil
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	names, err := records.JudgeNames(tx)
	for i := range out {
		out[i].Name = names[out[i].Judge]
	}
	return out, err
}

// PendingOf counts the scores of a judge that wait for a decision.
func PendingOf(tx store.Tx, in Duty) (int, error) {
	n := 0
	err := clashes.EachPrefix(tx, records.SeatID(in.Plan.Round, in.Judge.ID)+"/", func(rec clashRecord) error {
		w, err := in.Find(rec.Code)
		if err != nil {
			return nil // off the list, or of a calibration that does not count
		}
		s, err := in.LoadScore(tx, w)
		if err != nil {
			return err
		}
		if rec.pending(s) {
			n++
		}
		return nil
	})
	return n, err
}

// ResolveClash decides which of the scores given differently holds; all stay in the history. Errors: Invalid for an
// answer that is not one or fits several, NotFound when there is no such clash, Closed when the judge's list is handed
// in or the round closed.
func (o Stage) ResolveClash(ctx context.Context, judge judging.JudgeID, work string, take Take) error {
	if take == TakeNone {
		return judging.Fail(judging.Invalid, "scores.bad_take", judging.Args{"Value": ""})
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDeskDuty(tx, judge)
		if err != nil {
			return err
		}
		code, err := codeOf(tx, work)
		if err != nil {
			return err
		}
		rec, err := loadClash(tx, in.Plan.Round, judge, code)
		if err != nil {
			return err
		}
		if rec == nil {
			return records.FirstError(
				take.Check(),
				judging.Fail(judging.NotFound, "packet.no_clash", judging.Args{"Work": code}),
			)
		}
		m, err := rec.resolve(tx, in, take)
		if err != nil {
			return err
		}
		after := map[string]any{"take": take}
		if err := o.rec.Log(tx, "packet.resolve", clashID(rec.Round, judge, code), nil, after); err != nil {
			return err
		}
		return o.keepMerge(tx, in, m)
	})
}

// resolve is the merge that a decision makes. Errors: as ResolveClash.
func (c clashRecord) resolve(tx store.Tx, in Duty, take Take) (merge, error) {
	m := merge{fate: Taken, code: c.Code, listed: &c, fresh: c.Versions}
	var err error
	if m.work, err = in.Find(c.Code); err != nil {
		return m, judging.Fail(judging.Closed, "packet.not_on_list", judging.Args{"Work": c.Code})
	}
	if m.before, err = in.LoadScore(tx, m.work); err != nil {
		return m, err
	}
	if m.before.Void != "" {
		return m, judging.Fail(judging.Closed, "packet.voided", judging.Args{"Work": c.Code})
	}
	if err := in.writable(tx, m.work); err != nil {
		return m, err
	}
	m.score = m.before
	m.score.Versions = slices.Concat(m.before.Versions, c.Versions)
	if take == TakeContest {
		m.keepNow()
		return m, nil
	}
	var held []judging.ScoreVersion
	for _, v := range c.candidates() {
		if take == TakeOf(v.Source) || string(take) == v.ID() {
			held = append(held, v)
		}
	}
	switch {
	case len(held) == 0:
		return m, judging.Fail(judging.Invalid, "scores.bad_take", judging.Args{"Value": string(take)})
	case len(held) > 1:
		return m, judging.Fail(judging.Invalid, "scores.take_which", judging.Args{"Work": c.Code})
	}
	if err := in.fits(m.work, held); err != nil {
		return m, err
	}
	if m.score.Now().ID() != held[0].ID() {
		m.score.Versions = append(m.score.Versions, held[0])
	}
	return m, nil
}
