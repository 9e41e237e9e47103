package scoring

import (
	"encoding/hex"
	"io"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/turns"
	"fayi/judging/store"
)

// Fate is what became of a score that was brought.
type Fate string

// The fates. Only Taken changes the score that holds; Clashing changes what is to be decided on.
const (
	Known    Fate = "known"    // says nothing that is not known already
	Stale    Fate = "stale"    // was taken once, and the score was changed since
	Taken    Fate = "taken"    // holds now, or joined the history
	Clashing Fate = "clashing" // differs from the score that holds, not made on it: both wait until somebody decides
	Refused  Fate = "refused"
)

// Incoming is what one maker says of one work, on its way into the contest.
type Incoming struct {
	judging.Ballot // with the maker's mark and the base it was made on
	Source         judging.Source
	File           string // the score came in, its name
	Take           Take   // the answer, where it is known already, which score holds in a clash
	Last           string // mark of what this maker said of the work before; "" where it doesn't know
	Draw           string // random, for a mark where the maker gave none; "": the same words are the same statement
	Contested      bool   // another file collected with this one says differently of the same work

	Acting journal.Acting // who types what comes by a command

	Packet     *PacketSaid // a whole history, from a packet
	Collection string      // identity of the collection that brings it, "" for none
}

// PacketSaid is the history of a work in a packet's reply.
type PacketSaid struct {
	ID       string                 // of the packet
	Versions []judging.ScoreVersion // oldest first, at least one
	Before   int                    // versions there were when the packet was sealed
}

// Outcome is what became of an Incoming.
type Outcome struct {
	Fate   Fate           `json:"fate"`
	Reason error          `json:"-"` // of a refusal
	Kept   judging.Ballot `json:"kept"`
	Said   judging.Ballot `json:"said"`
	Old    judging.Ballot `json:"old"`
	Work   judging.Work   `json:"-"` // none when it was refused for being nobody's

	merge merge
}

// ScoreChange is one score before and after.
type ScoreChange struct {
	Code  judging.WorkCode    `json:"code"`
	Old   float64             `json:"old"`
	New   float64             `json:"new"`
	State judging.BallotState `json:"state"`
	First bool                `json:"first"` // there was nothing before
	Lower bool                `json:"lower"` // New is below Old
}

// Writes reports whether keeping the outcome changes anything stored.
func (o Outcome) Writes() bool { return o.merge.writes() }

// Change tells what a taken score changed; false when what holds says the same as before.
func (o Outcome) Change() (ScoreChange, bool) {
	old, now := o.Old, o.Kept
	c := ScoreChange{Code: now.Code, Old: old.Total, New: now.Total, State: now.State, First: old.Blank()}
	c.Lower = !c.First && judging.Exact(c.New) < judging.Exact(c.Old)
	return c, !old.Same(now)
}

// Clashes tells the clash to whoever decides.
func (o Outcome) Clashes(in Duty) []PacketClash {
	m := o.merge
	rec := clashRecord{Round: in.Plan.Round, Judge: in.Judge.ID, Code: m.code, Versions: m.waiting}
	return rec.tell(in, m.work, m.before.Now())
}

// asked is the error of a clash.
func (o Outcome) asked() error {
	return judging.Fail(
		judging.Clash,
		"scores.clash_kept",
		judging.Args{"Work": o.Said.Code, "Old": brief(o.Old), "New": brief(o.Said)},
	)
}

// brief is a ballot in a word: its total, or "–" where there is not one.
func brief(b judging.Ballot) string {
	if b.State == judging.Scored || b.State == judging.Started {
		return judging.Exact(b.Total).String()
	}
	return "–"
}

// Accept is the one door by which a score enters the contest, whoever brings it. Said again, it is known. Made on the
// score that holds, or adding to it without contradicting it, it is taken. Otherwise it is kept next to that score
// until somebody decides which one holds: never the later by itself. A blank says nothing, but at a desk, where the
// judge saw what was there. A refusal is the outcome's; an error is of the store.
func Accept(rec *records.Records, tx store.Tx, d Duty, in Incoming) (Outcome, error) {
	out, err := d.Weigh(tx, in)
	if err != nil {
		return out, err
	}
	if out.Fate == Taken && d.Rules.Voting != nil && (d.Seat.Submitted || d.Closed) {
		// the list is handed in, and the work was opened again: nobody would look at the others any more
		if err := checkVotes(tx, d.Judge.ID, &out.merge.score); err != nil {
			out.merge = out.merge.refuse(err)
			out.Fate, out.Reason, out.Kept = Refused, err, out.merge.before.Editable()
		}
	}
	out.merge.deed = journal.DeedOf(d.Judge.ID, in.Source, in.Acting)
	return out, Stage{rec}.keepMerge(tx, d, out.merge)
}

// writable is the lock of a single score: it refuses changes when the list is handed in or the round closed, unless
// the work was opened again; notices and the end lock the whole stage (records.Scoring). Every way in asks here, in the
// transaction of its write. Errors: Closed.
func (d *Duty) writable(tx store.Tx, w judging.Work) error {
	again, err := records.Reopened(tx, d.Plan.Round, w.ID)
	if err != nil {
		return err
	}
	if !d.Pledged {
		if err := pledged.Owed(tx, d.Rules, d.Judge); err != nil {
			return err
		}
	}
	if again {
		return nil
	}
	if err := turns.OnStage(tx, d.Plan.Round, w.ID); err != nil {
		return err
	}
	seat, err := records.LoadSeat(tx, d.Plan.Round, d.Judge.ID) // a duty may have been read in an earlier transaction
	if err != nil {
		return err
	}
	if seat.Submitted {
		return judging.Fail(judging.Closed, "scores.submitted", judging.Args{"Judge": d.Judge.ID})
	}
	closed, err := records.IsClosed(tx, d.Plan.Round)
	if err != nil {
		return err
	}
	if closed {
		return judging.Fail(judging.Closed, "closing.closed", nil)
	}
	return nil
}

// draw is the random part of a mark. It is drawn before the transaction, which may run twice.
func (o Stage) draw() (string, error) {
	var b [12]byte
	if _, err := io.ReadFull(o.rec.Random, b[:]); err != nil {
		return "", judging.Fail(judging.Unavailable, "error.internal", nil).Because(err)
	}
	return hex.EncodeToString(b[:]), nil
}
