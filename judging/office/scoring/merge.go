package scoring

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// fate is what becomes of what a packet said of a work.
type fate int

const (
	known    fate = iota // nothing new
	merged               // the packet's score is, or joins, the contest's
	clashing             // to be decided on
	refused
)

// merge is one work of a reply weighed against the contest.
type merge struct {
	code   judging.WorkCode
	fate   fate
	reason error                  // when refused
	work   judging.Work           // when not refused for being nobody's
	before judging.Score          // as the contest holds it
	score  judging.Score          // as it should be
	fresh  []judging.ScoreVersion // said in the packet and not in the contest
	packet string
	listed *clashRecord // the clash that is listed, if there is one
}

// clashRecord keeps what a packet said until somebody decides.
type clashRecord struct {
	Round    judging.Round          `json:"round"`
	Judge    judging.JudgeID        `json:"judge"`
	Code     judging.WorkCode       `json:"code"`
	Packet   string                 `json:"packet"`
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

// merge weighs what the reply says of one work. It writes nothing.
func (r reply) merge(tx store.Tx, said packet.ReplyWork) (merge, error) {
	m := merge{code: said.Code, packet: r.Packet}
	var err error
	if m.work, err = r.in.find(said.Code); err != nil {
		return m.refuse(judging.Fail(judging.Closed, "packet.not_on_list", judging.Args{"Work": said.Code})), nil
	}
	if m.before, err = r.in.loadScore(tx, m.work); err != nil {
		return m, err
	}
	if m.listed, err = loadClash(tx, r.in.Plan.Round, r.Judge, said.Code); err != nil {
		return m, err
	}
	m.fresh = unknown(m.before.Versions, said.Versions, r.file)
	switch {
	case len(m.fresh) == 0:
		return m, nil
	case m.before.Void != "":
		return m.refuse(judging.Fail(judging.Closed, "packet.voided", judging.Args{"Work": said.Code})), nil
	}
	if err := r.in.fits(m.work, m.fresh); err != nil {
		return m.refuse(err), nil
	}
	if err := r.in.writable(tx, m.work); judging.CodeOf(err) == judging.Closed {
		return m.refuse(err), nil
	} else if err != nil {
		return m, err
	}
	m.decide(said, r.take)
	return m, nil
}

func (m merge) refuse(reason error) merge {
	m.fate, m.reason = refused, reason
	return m
}

// unknown returns the versions of said that have does not hold, recognised by their marks.
func unknown(have, said []judging.ScoreVersion, file string) []judging.ScoreVersion {
	var out []judging.ScoreVersion
	for _, v := range said {
		if !slices.ContainsFunc(have, func(h judging.ScoreVersion) bool { return h.Mark == v.Mark }) {
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
		if !sameBallot(b, v.Ballot) {
			return judging.Fail(judging.Invalid, "packet.other_rules", judging.Args{"Work": v.Code})
		}
	}
	return nil
}

// decide settles which score holds. The packet's does when the contest has nothing newer than what the packet knew:
// nothing since it was sealed, or what came from the packet itself.
func (m *merge) decide(said packet.ReplyWork, take Take) {
	now := m.before.Now()
	follows := len(m.before.Versions) <= said.Before || fromPacket(said.Versions, now) ||
		sameBallot(now.Ballot, m.fresh[len(m.fresh)-1].Ballot)
	m.score, m.fate = m.before, merged
	m.score.Versions = slices.Concat(m.before.Versions, m.fresh)
	switch {
	case follows || take == TakePacket:
	case take == TakeContest:
		// once more, so that it is the last word and both are in the history
		m.score.Versions = append(m.score.Versions, now)
	default:
		m.fate = clashing
	}
}

func fromPacket(said []judging.ScoreVersion, v judging.ScoreVersion) bool {
	return v.Mark != "" && slices.ContainsFunc(said, func(s judging.ScoreVersion) bool { return s.Mark == v.Mark })
}

// writes reports whether keeping m would change anything stored.
func (m merge) writes() bool {
	return m.fate == merged ||
		m.fate == clashing && (m.listed == nil || len(m.listed.Versions) != len(m.fresh) || m.listed.Packet != m.packet)
}

// keepMerge stores what merge has decided.
func (o Stage) keepMerge(tx store.Tx, in Duty, m merge) error {
	switch {
	case !m.writes():
		return nil
	case m.fate == clashing:
		rec := clashRecord{Round: in.Plan.Round, Judge: in.Judge.ID, Code: m.code, Packet: m.packet, Versions: m.fresh}
		if err := clashes.Put(tx, rec); err != nil {
			return err
		}
		return o.rec.Log(
			tx, "packet.clash", clashID(rec.Round, rec.Judge, rec.Code), scoreGist(m.before.Now().Ballot),
			scoreGist(m.fresh[len(m.fresh)-1].Ballot),
		)
	}
	if err := scoresOf(m.code).Put(tx, m.score); err != nil {
		return err
	}
	if m.listed != nil {
		if err := clashes.Delete(tx, clashID(in.Plan.Round, in.Judge.ID, m.code)); err != nil {
			return err
		}
	}
	before, after := scoreGist(m.before.Now().Ballot), scoreGist(m.score.Now().Ballot)
	if isTrial(m.code) {
		return o.rec.Log(tx, "scores.trial", records.ScoreID(&m.score), before, after)
	}
	return o.rec.Log(tx, "scores.save", records.ScoreID(&m.score), before, after)
}

// clash tells a clash to whoever decides.
func (m merge) clash(in Duty) PacketClash {
	return PacketClash{Judge: in.Judge.ID, Name: in.Judge.Name, Work: m.work.ID, Code: m.code, Title: m.work.Title,
		Contest: m.before.Now(), Packet: m.fresh[len(m.fresh)-1]}
}

// Clashes lists the scores of the round that contest and packets tell differently and nobody has decided on yet, by
// judge.
func (o Packets) Clashes(ctx context.Context) ([]PacketClash, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]PacketClash, error) {
		out := []PacketClash{}
		c, err := records.LoadContest(tx)
		if err != nil {
			return out, err
		}
		err = clashes.EachPrefix(tx, judging.Serial("r", 2, int(c.Round))+"/", func(rec clashRecord) error {
			in, err := loadDeskDuty(tx, rec.Judge)
			if err != nil {
				return err
			}
			m, err := rec.merge(tx, in, TakeNone)
			if err == nil && m.fate == clashing {
				out = append(out, m.clash(in))
			}
			return err
		})
		return out, err
	})
}

// merge weighs a clash again: the contest may have changed since.
func (c clashRecord) merge(tx store.Tx, in Duty, take Take) (merge, error) {
	r := reply{Reply: packet.Reply{Packet: c.Packet, Judge: c.Judge}, in: in, take: take}
	if len(c.Versions) > 0 {
		r.file = c.Versions[0].File
	}
	return r.merge(tx, packet.ReplyWork{Code: c.Code, Versions: c.Versions, Before: -1})
}

// ResolveClash decides which of two scores holds; both stay in the history. Errors: Invalid for an unknown answer,
// NotFound when there is no such clash, Closed when the judge's list is handed in or the round closed.
func (o Packets) ResolveClash(ctx context.Context, judge judging.JudgeID, work string, take Take) error {
	if take == TakeNone {
		take = "?"
	}
	if err := checkTake(take); err != nil {
		return err
	}
	return o.rec.Change(ctx, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, judge)
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
			return judging.Fail(judging.NotFound, "packet.no_clash", judging.Args{"Work": code})
		}
		m, err := rec.merge(tx, in, take)
		if err != nil {
			return err
		}
		if m.fate == refused {
			return m.reason
		}
		if err := o.rec.Log(tx, "packet.resolve", clashID(rec.Round, judge, code), nil, map[string]any{
			"take": take,
		}); err != nil {
			return err
		}
		return Stage(o).keepMerge(tx, in, m)
	})
}
