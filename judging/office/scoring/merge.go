package scoring

import (
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// weighPacket weighs what a packet said of a work. Its last word is made on the score that holds when that is the one
// the packet was sealed with, or came from the packet itself.
func (d *Duty) weighPacket(tx store.Tx, in Incoming, m merge) (merge, error) {
	said := in.Packet.Versions
	m.packet = in.Packet.ID
	m.fresh = unknown(m.before.Versions, said, in.File)
	switch {
	case len(m.fresh) == 0:
		return m.settled(Known), nil
	case m.before.Void != "":
		return m.refuse(judging.Fail(judging.Closed, "packet.voided", judging.Args{"Work": in.Code})), nil
	}
	if err := d.fits(m.work, m.fresh); err != nil {
		return m.refuse(err), nil
	}
	if err := d.writable(tx, m.work); judging.CodeOf(err) == judging.Closed {
		return m.refuse(err), nil
	} else if err != nil {
		return m, err
	}
	if m.fresh[len(m.fresh)-1].ID() != said[len(said)-1].ID() {
		m.decide(false, TakeContest, judging.Packet) // its last word is known: this was overtaken there
		return m, nil
	}
	now, last := m.before.Now(), m.fresh[len(m.fresh)-1].Ballot
	sealedOn := in.Base == m.before.Base() || in.Base == "" && len(m.before.Versions) <= in.Packet.Before
	if sealedOn || fromPacket(said, now) || now.Same(last) || last.AddsTo(now.Ballot) {
		m.decide(true, in.Take, judging.Packet)
		return m, nil
	}
	over, err := last.Over(now.Ballot).Complete(d.Rules.RubricOf(m.work.Category), d.Rules.TotalOnly)
	if take := in.Take; err == nil && over.Same(now.Ballot) && take != TakePacket {
		m.decide(
			false,
			TakeContest,
			judging.Packet,
		) // it says no more than is known: nothing is taken away, and nobody need be asked
		return m, nil
	}
	m.decide(false, in.Take, judging.Packet)
	return m, nil
}

// unknown returns the versions of said that have does not hold, reported by their marks.
func unknown(have, said []judging.ScoreVersion, file string) []judging.ScoreVersion {
	var out []judging.ScoreVersion
	for _, v := range said {
		if !slices.ContainsFunc(have, func(h judging.ScoreVersion) bool { return h.ID() == v.ID() }) {
			v.File = file
			out = append(out, v)
		}
	}
	return out
}

// fits reports whether the ballots keep to the rules as they are now: those may have changed since the packet was
// sealed.
func (d *Duty) fits(w judging.Work, all []judging.ScoreVersion) error {
	for _, v := range all {
		b, err := v.Ballot.Complete(d.Rules.RubricOf(w.Category), d.Rules.TotalOnly)
		if err != nil {
			return err
		}
		if !b.Same(v.Ballot) {
			return judging.Fail(judging.Invalid, "packet.other_rules", judging.Args{"Work": v.Code})
		}
	}
	return nil
}

func fromPacket(said []judging.ScoreVersion, v judging.ScoreVersion) bool {
	return v.Mark != "" && slices.ContainsFunc(said, func(s judging.ScoreVersion) bool { return s.Mark == v.Mark })
}

// writes reports whether keeping m would change anything stored.
func (m merge) writes() bool { return m.fate == Taken || m.relists() }

// relists reports whether the list of what is to be decided on changes.
func (m merge) relists() bool {
	if m.listed == nil {
		return len(m.waiting) > 0
	}
	same := func(a, b judging.ScoreVersion) bool { return a.ID() == b.ID() }
	return !slices.EqualFunc(m.waiting, m.listed.Versions, same)
}

// keepMerge stores what weighing has decided.
func (o Stage) keepMerge(tx store.Tx, in Duty, m merge) error {
	if !m.writes() {
		return nil
	}
	if m.relists() {
		if err := o.keepClash(tx, in, &m); err != nil {
			return err
		}
	}
	if m.fate != Taken {
		return o.keepCollected(tx, m)
	}
	for i := range m.score.Versions {
		if v := &m.score.Versions[i]; v.At.IsZero() {
			v.At = o.rec.Now().UTC()
		}
	}
	if err := scoresOf(m.code).Put(tx, m.score); err != nil {
		return err
	}
	if err := o.keepCollected(tx, m); err != nil {
		return err
	}
	before, after := scoreGist(m.before.Now().Ballot), m.deed.Notes(scoreGist(m.score.Now().Ballot))
	if isTrial(m.code) {
		return records.ByWhom(o.rec, m.deed).Log(tx, "scores.trial", records.ScoreID(&m.score), before, after)
	}
	return records.ByWhom(o.rec, m.deed).Log(tx, "scores.save", records.ScoreID(&m.score), before, after)
}

// keepClash stores or deletes what is to be decided on.
func (o Stage) keepClash(tx store.Tx, in Duty, m *merge) error {
	id := clashID(in.Plan.Round, in.Judge.ID, m.code)
	if len(m.waiting) == 0 {
		return clashes.Delete(tx, id)
	}
	for i := range m.waiting {
		if v := &m.waiting[i]; v.At.IsZero() {
			v.At = o.rec.Now().UTC()
		}
	}
	rec := clashRecord{Round: in.Plan.Round, Judge: in.Judge.ID, Code: m.code, Packet: m.packet, Versions: m.waiting}
	if rec.Packet == "" && m.listed != nil {
		rec.Packet = m.listed.Packet
	}
	if err := clashes.Put(tx, rec); err != nil || m.fate != Clashing {
		return err
	}
	return records.ByWhom(o.rec, m.deed).Log(
		tx,
		"packet.clash",
		id,
		scoreGist(m.before.Now().Ballot),
		m.deed.Notes(scoreGist(m.fresh[len(m.fresh)-1].Ballot)),
	)
}
