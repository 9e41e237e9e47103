package scoring

import (
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// merge is what is to be written for one work.
type merge struct {
	fate     fate
	reason   error // when refused
	code     judging.WorkCode
	work     judging.Work           // when not refused for being nobody's
	before   judging.Score          // as the contest holds it
	score    judging.Score          // as it will be
	fresh    []judging.ScoreVersion // brought, and not in the contest yet
	packet   string
	listed   *clashRecord // the clash that is listed, if there is one
	waiting  []judging.ScoreVersion
	collects string // identity of the collection that brings it; "" none
	deed     journal.Deed
}

// fate is the Fate of a merge.
type fate = Fate

func (m merge) refuse(reason error) merge {
	m.fate, m.reason = Refused, reason
	return m
}

// Weigh decides what becomes of in. It writes nothing.
func (d *Duty) Weigh(tx store.Tx, in Incoming) (Outcome, error) {
	m, err := d.mergeOf(tx, in)
	last := in.Ballot
	if in.Packet != nil {
		last = in.Packet.Versions[len(in.Packet.Versions)-1].Ballot
	}
	if n := len(m.fresh); n > 0 {
		last = m.fresh[n-1].Ballot
	}
	out := Outcome{
		Fate:   m.fate,
		Reason: m.reason,
		Old:    m.before.Now().Ballot,
		Said:   last,
		Kept:   m.before.Editable(),
		Work:   m.work,
		merge:  m,
	}
	if m.fate == Taken {
		out.Kept = m.score.Editable()
	}
	out.Kept.Code = in.Code
	if d.ahead != nil {
		d.ahead[in.Code] = m
	}
	return out, err
}

// Ahead returns the duty as a preview needs it: each weighing goes by what those before it decided, as if that were
// stored.
func (d Duty) Ahead() Duty {
	d.ahead = map[judging.WorkCode]merge{}
	return d
}

func (d *Duty) mergeOf(tx store.Tx, in Incoming) (merge, error) {
	m := merge{code: in.Code, collects: in.Collection}
	var err error
	if m.work, err = d.Find(in.Code); err != nil {
		if in.Packet != nil {
			err = judging.Fail(judging.Closed, "packet.not_on_list", judging.Args{"Work": in.Code})
		}
		return m.refuse(err), nil
	}
	if m.before, err = d.LoadScore(tx, m.work); err != nil {
		return m, err
	}
	if m.listed, err = loadClash(tx, d.Plan.Round, d.Judge.ID, in.Code); err != nil {
		return m, err
	}
	if m.listed != nil {
		m.waiting = m.listed.Versions
	}
	if p, known := d.ahead[in.Code]; known {
		m.before, m.waiting = p.score, p.waiting
	}
	m.score = m.before
	if in.Packet != nil {
		return d.weighPacket(tx, in, m)
	}
	return d.weighBallot(tx, in, m)
}

// weighBallot weighs a single statement.
func (d *Duty) weighBallot(tx store.Tx, in Incoming, m merge) (merge, error) {
	now, base := m.before.Now(), m.before.Base()
	onNow := in.Base == base || in.Last == base || in.Base == "" && inOrder(in.Source, now.Source) // base is never ""
	whole := onNow && in.Source.ByJudge()
	said := in.Ballot
	if !whole {
		said = said.Over(now.Ballot)
	}
	said, err := said.Complete(d.Rules.RubricOf(m.work.Category), d.Rules.TotalOnly)
	if err != nil {
		return m.refuse(err), nil
	}
	v := d.version(in, said, m.before)
	known := slices.ContainsFunc(m.before.Versions, func(h judging.ScoreVersion) bool { return h.ID() == v.Mark })
	chooses := onNow && !known && in.Mark != "" && in.Base == base && now.Same(said) && len(m.own()) > 0
	switch {
	case chooses: // between what holds and what was said on another device
	case now.Same(said):
		if known || !onNow || m.before.Void != "" || d.SaysItsBase(in, m.work, m.before) {
			return m.settled(Known), nil
		}
		if confirms, err := d.confirms(tx, m.work, now); err != nil || !confirms {
			return m.settled(Known), err
		}
	case d.SaysItsBase(in, m.work, m.before):
		return m.settled(Known), nil
	case known && in.Take != TakeOf(in.Source):
		return m.settled(Stale), nil
	case known:
		v.Mark = v.ContentMark("again", base)
	case needsReason(in.Source) && said.Reason == "" &&
		(said.State == judging.Abstained || said.State == judging.Recused):
		return m.refuse(judging.Fail(judging.Invalid, "scores.reason_missing", judging.Args{"Work": in.Code})), nil
	}
	if m.before.Void != "" { // it would be kept, and never count
		return m.refuse(judging.Fail(judging.Closed, "scores.voided", judging.Args{"Work": in.Code})), nil
	}
	if err := d.writable(tx, m.work); judging.CodeOf(err) == judging.Closed {
		return m.refuse(err), nil
	} else if err != nil {
		return m, err
	}
	if chooses {
		m.choose(v)
		return m, nil
	}
	follows := now.Blank() || onNow || said.AddsTo(now.Ballot)
	if !follows && in.Source.ByJudge() { // the judge's whole form, not what it would add
		v.Ballot, err = in.Complete(d.Rules.RubricOf(m.work.Category), d.Rules.TotalOnly)
	}
	m.fresh = []judging.ScoreVersion{v}
	m.decide(follows && !in.Contested, in.Take, in.Source)
	return m, err
}

// version is a single statement as it is stored.
func (d *Duty) version(in Incoming, said judging.Ballot, s judging.Score) judging.ScoreVersion {
	v := judging.ScoreVersion{Ballot: said, By: string(d.Judge.ID), Source: in.Source, File: in.File}
	v.Mark, v.Base = in.Mark, in.Base
	reused := in.Source.ByJudge() &&
		slices.ContainsFunc(s.Versions, func(h judging.ScoreVersion) bool { return h.ID() == v.Mark && !h.Same(said) })
	if v.Mark == "" || reused {
		of := []string{
			string(d.Contest.ID),
			judging.Serial("r", 2, int(d.Plan.Round)),
			string(d.Judge.ID),
			string(in.Source),
		}
		if in.Draw != "" { // no two are the same, whatever the source of randomness
			of = append(of, in.Draw, judging.Serial("", 6, len(s.Versions)))
		}
		v.Mark = in.ContentMark(of...)
	}
	return v
}

// inOrder reports whether statements of this source reach the contest in the order in which they were made, by one
// maker, so that one without a base is made on the one before.
func inOrder(source, before judging.Source) bool {
	return source == before && (source.ByJudge() || source == judging.CLI || source == judging.Sim)
}

// needsReason reports whether an abstention by this way may still be asked for its reason; the desk and the packet's
// desk ask by themselves.
func needsReason(source judging.Source) bool { return source == judging.Sheet || source == judging.CLI }

// SaysItsBase reports whether a row of a sheet is as it was written: then its judge said nothing in it. before is the
// judge's score of the work.
func (d *Duty) SaysItsBase(in Incoming, w judging.Work, before judging.Score) bool {
	all := before.Versions
	i := slices.IndexFunc(all, func(v judging.ScoreVersion) bool { return v.ID() == in.Base })
	if i < 0 || in.Source != judging.Sheet {
		return false
	}
	again, err := in.Over(all[i].Ballot).Complete(d.Rules.RubricOf(w.Category), d.Rules.TotalOnly)
	return err == nil && again.Same(all[i].Ballot)
}

// own lists what waits for a decision of what the judge said themself, on other devices.
func (m *merge) own() []judging.ScoreVersion {
	return slices.DeleteFunc(slices.Clone(m.waiting), func(v judging.ScoreVersion) bool { return !v.Source.ByJudge() })
}

// choose lets v, which says what holds once more, be the judge's answer to what they said otherwise: all stays in the
// history.
func (m *merge) choose(v judging.ScoreVersion) {
	m.fate, m.fresh = Taken, append(m.own(), v)
	m.score.Versions = slices.Concat(m.before.Versions, m.fresh)
	m.waiting = slices.DeleteFunc(slices.Clone(m.waiting), func(w judging.ScoreVersion) bool {
		return w.Source.ByJudge()
	})
}

// settled ends the weighing of what changes nothing.
func (m merge) settled(f fate) merge {
	m.fate = f
	return m
}

// decide settles which score holds.
func (m *merge) decide(follows bool, take Take, source judging.Source) {
	last := m.fresh[len(m.fresh)-1]
	m.fate = Taken
	m.score.Versions = slices.Concat(m.before.Versions, m.fresh)
	switch {
	case follows || take != TakeNone && (take == TakeOf(source) || string(take) == last.ID()):
	case take == TakeContest:
		m.keepNow()
	default:
		m.fate = Clashing
		m.wait()
		m.score = m.before
		return
	}
	holds := m.score.Now()
	m.waiting = slices.DeleteFunc(slices.Clone(m.waiting), func(w judging.ScoreVersion) bool {
		return w.Same(holds.Ballot) ||
			slices.ContainsFunc(m.fresh, func(f judging.ScoreVersion) bool { return f.ID() == w.ID() })
	})
}

// keepNow says what holds once more, so that it is the last word and both are in the history.
func (m *merge) keepNow() {
	now := m.before.Now()
	if len(m.before.Versions) == 0 {
		now.Source, now.By, now.Code = judging.CLI, string(m.score.Judge), m.code
	}
	m.score.Versions = append(m.score.Versions, now)
}

// wait adds what was brought to what waits for a decision: each statement once. What a packet says again after saying
// something else is a statement of its own: its last word.
func (m *merge) wait() {
	out := slices.Clone(m.waiting)
	for _, f := range m.fresh {
		again := func(w judging.ScoreVersion) bool {
			return w.ID() == f.ID() || w.Same(f.Ballot) && w.Source == f.Source && f.Source != judging.Packet
		}
		if !slices.ContainsFunc(out, again) {
			out = append(out, f)
		}
	}
	m.waiting = out
}

// confirms reports whether saving the same ballot once more says something: that its judge, asked to look at the work
// again, stays by it.
func (d *Duty) confirms(tx store.Tx, w judging.Work, before judging.ScoreVersion) (bool, error) {
	r, err := records.LoadReopening(tx, d.Plan.Round, w.ID)
	return r.Open && r.Exit != judging.Third && records.Finished(before.State) && !before.At.After(r.At), err
}

// scoreGist is what the journal keeps of a ballot: comments stay with the score.
func scoreGist(b judging.Ballot) map[string]any {
	out := map[string]any{"state": b.State, "total": b.Total, "marks": b.Marks}
	if len(b.Flags) > 0 {
		out["flags"] = b.Flags
	}
	return out
}
