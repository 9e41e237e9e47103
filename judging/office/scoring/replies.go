package scoring

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// Take says which of two scores holds where a packet and the contest differ and neither knew of the other.
type Take string

// The answers; both scores stay in the history either way.
const (
	TakeNone    Take = ""        // ask: the clash is kept and listed
	TakePacket  Take = "packet"  // the packet's holds
	TakeContest Take = "contest" // the contest's holds
)

// ReplyReport says what one reply brought.
type ReplyReport struct {
	File      string          `json:"file"`
	Packet    string          `json:"packet"`
	Judge     judging.JudgeID `json:"judge"`
	Name      string          `json:"name"`
	Read      int             `json:"read"`      // works that something was said of
	Changed   []ScoreChange   `json:"changed"`   // scores that differ from what was kept
	Clashes   []PacketClash   `json:"clashes"`   // scores to be decided on
	Refused   []ReplyRefusal  `json:"refused"`   // scores not merged
	Submitted bool            `json:"submitted"` // the judge's list is handed in now
	Lost      int             `json:"lost"`      // records that the judge's machine could no longer read
	// copy of the database before anything was changed, "" when nothing was
	Backup string `json:"backup"`
}

// ReplyRefusal is a score that was not merged, with the reason.
type ReplyRefusal struct {
	Code judging.WorkCode `json:"code"`
	Text string           `json:"reason"` // a key
	Args judging.Args     `json:"args,omitempty"`
}

// PacketClash is a score that contest and packet tell differently.
type PacketClash struct {
	Judge   judging.JudgeID      `json:"judge"`
	Name    string               `json:"name"`
	Work    judging.WorkID       `json:"work"`
	Code    judging.WorkCode     `json:"code"`
	Title   string               `json:"title"`
	Contest judging.ScoreVersion `json:"contest"`
	Packet  judging.ScoreVersion `json:"packet"`
}

// reply is a reply that has passed all checks, on its way into the contest.
type reply struct {
	packet.Reply
	in   Duty
	file string
	take Take
}

// CollectReply merges a packet's reply. Reading the same reply again changes nothing. A backup is written before
// anything is changed. Where the contest holds another score that the packet did not know of, both are kept and
// take decides which one holds; with TakeNone the clash is listed until ResolveClash. Scores of works that the
// judge no longer has, or that were voided, are reported and not merged. Errors: Invalid for a file that is no
// reply or of another format; Corrupt for one changed or cut; Clash for one of another contest, round or plan;
// Forbidden for a packet or signature unknown here.
func (o Packets) CollectReply(ctx context.Context, path string, take Take) (ReplyReport, error) {
	name := filepath.Base(path)
	report := ReplyReport{File: name, Changed: []ScoreChange{}, Clashes: []PacketClash{}, Refused: []ReplyRefusal{}}
	if err := checkTake(take); err != nil {
		return report, err
	}
	r, err := o.readReply(ctx, path)
	if err != nil {
		return report, err
	}
	r.file, r.take = name, take
	report.Packet = r.Packet
	report.Judge = r.Judge
	report.Name = r.in.Judge.Name
	report.Read = len(r.Works)
	report.Lost = r.Lost
	news, err := o.hasNews(ctx, r)
	if err != nil {
		return report, err
	}
	if _, can := o.rec.DB.(store.Snapshotter); can && news {
		if report.Backup, err = o.rec.BackupContest(ctx); err != nil {
			return report, err
		}
	}
	if err := o.mergeReply(ctx, r, &report); err != nil {
		return report, err
	}
	report.Submitted, err = o.finishReply(ctx, r, report)
	return report, err
}

func checkTake(take Take) error {
	if !slices.Contains([]Take{TakeNone, TakePacket, TakeContest}, take) {
		return judging.Fail(judging.Invalid, "packet.bad_take", judging.Args{"Value": string(take)})
	}
	return nil
}

// readReply opens a reply and checks that it belongs here.
func (o Packets) readReply(ctx context.Context, path string) (reply, error) {
	var out reply
	h, err := packet.Peek(path)
	if err != nil {
		return out, err
	}
	if !h.Reply {
		return out, judging.Fail(judging.Invalid, "packet.no_reply", nil)
	}
	var rec packetRecord
	var key replyKey
	out.in, err = records.View(ctx, o.rec.DB, func(tx store.Tx) (Duty, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return Duty{}, err
		}
		if h.Contest != c.ID {
			return Duty{}, judging.Fail(judging.Clash, "packet.foreign", nil)
		}
		if rec, err = packets.Get(tx, h.Packet); errors.Is(err, judging.ErrNotFound) {
			return Duty{}, judging.Fail(judging.Forbidden, "packet.not_sealed_here", nil)
		}
		if err != nil {
			return Duty{}, err
		}
		if key, err = replyKeys.Get(tx, "reply"); err != nil {
			return Duty{}, err
		}
		return loadDeskDuty(tx, rec.Judge)
	})
	if err != nil {
		return out, err
	}
	if out.Reply, err = packet.ReadReply(path, key.Identity, rec.Key); err != nil {
		return out, err
	}
	return out, out.belongs(rec)
}

// belongs refuses a reply to another plan or round than the present one.
func (r reply) belongs(rec packetRecord) error {
	args := judging.Args{"Packet": r.Plan, "Plan": r.in.Plan.Version}
	switch {
	case r.Judge != rec.Judge || r.Round != rec.Round || r.Plan != rec.Plan:
		return judging.Fail(judging.Corrupt, "packet.damaged", nil)
	case r.Round != r.in.Plan.Round || r.Plan != r.in.Plan.Version && !slices.Contains(r.in.Plan.Before, r.Plan):
		return judging.Fail(judging.Clash, "packet.other_plan", args)
	}
	return nil
}

// hasNews reports whether merging r would write anything.
func (o Packets) hasNews(ctx context.Context, r reply) (bool, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (bool, error) {
		for _, w := range r.Works {
			m, err := r.merge(tx, w)
			if err != nil || m.writes() {
				return m.writes(), err
			}
		}
		return r.Submitted && !r.in.seat.Submitted, nil
	})
}

// mergeReply saves each work by itself, so that a cut leaves only whole scores and the next reading goes on.
func (o Packets) mergeReply(ctx context.Context, r reply, report *ReplyReport) error {
	all := make([]merge, len(r.Works))
	cost := func(i int) (int, int) { return 10, min(16<<10+4<<10*len(r.Works[i].Versions), 1<<19) }
	err := store.Bulk(ctx, o.rec.DB, len(r.Works), cost, func(tx store.Tx, i int) error {
		var err error
		if all[i], err = r.merge(tx, r.Works[i]); err != nil {
			return err
		}
		return Stage(o).keepMerge(tx, r.in, all[i])
	}, nil)
	changed := false
	for _, m := range all {
		changed = changed || m.writes()
		report.add(r.in, m)
	}
	if changed {
		o.rec.Changes.Ring()
	}
	return err
}

func (r *ReplyReport) add(in Duty, m merge) {
	switch m.fate {
	case refused:
		r.Refused = append(r.Refused, refusal(m))
	case clashing:
		r.Clashes = append(r.Clashes, m.clash(in))
	case merged:
		before, now := m.before.Now(), m.score.Now()
		if !sameBallot(before.Ballot, now.Ballot) {
			r.Changed = append(r.Changed, ScoreChange{
				m.code, before.Total, now.Total, now.State, len(m.before.Versions) == 0,
			})
		}
	}
}

func refusal(m merge) ReplyRefusal {
	out := ReplyRefusal{Code: m.code, Text: "error.internal", Args: judging.Args{"Detail": ""}}
	var e *judging.Error
	if errors.As(m.reason, &e) {
		out.Text, out.Args = e.Text, e.Args
	}
	return out
}

// finishReply notes how far the packet was collected and hands the list in when the judge did and nothing is left
// to decide.
func (o Packets) finishReply(ctx context.Context, r reply, report ReplyReport) (bool, error) {
	submitted := false
	rec, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (packetRecord, error) {
		return packets.Get(tx, r.Packet)
	})
	if err != nil || rec.Seq >= r.Seq && (!r.Submitted || r.in.seat.Submitted) {
		return r.in.seat.Submitted, err
	}
	err = o.rec.Change(ctx, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, r.Judge)
		if err != nil {
			return err
		}
		if rec.Seq < r.Seq {
			rec.Seq, rec.Collected = r.Seq, o.rec.Now().UTC()
			if err := packets.Put(tx, rec); err != nil {
				return err
			}
			after := map[string]any{
				"seq":     r.Seq,
				"changed": len(report.Changed),
				"clashes": len(report.Clashes),
				"refused": len(report.Refused),
			}
			if err := o.rec.Log(tx, "packet.collect", r.Packet, nil, after); err != nil {
				return err
			}
		}
		submitted = in.seat.Submitted
		if !r.Submitted || len(report.Clashes) > 0 {
			return nil
		}
		in.trial = nil // those that came after the packet was sealed do not hold the list up: they don't count
		err = Submit(o.rec, tx, in)
		if submitted = err == nil; judging.CodeOf(err) == judging.Clash {
			return nil // works came to the list after the packet was sealed
		}
		return err
	})
	return submitted, err
}

// collectedReply collects path as CollectScores answers, if it is a packet or a reply. What was refused or is to be
// decided on is reported as a problem.
func (o Stage) collectedReply(ctx context.Context, path string) (CollectReport, bool, error) {
	out := CollectReport{File: filepath.Base(path), Changed: []ScoreChange{}, Problems: []judging.Problem{}}
	if ext := strings.ToLower(filepath.Ext(path)); ext != packet.ReplyEnding && ext != packet.Ending {
		return out, false, nil
	}
	r, err := Packets(o).CollectReply(ctx, path, TakeNone)
	if err != nil {
		return out, true, err
	}
	out.Judge, out.Read, out.Changed, out.Submitted = r.Judge, r.Read, r.Changed, r.Submitted
	place := judging.Place{File: r.File}
	for _, f := range r.Refused {
		out.Problems = append(out.Problems, judging.Problem{Place: place, Text: f.Text, Args: f.Args, Fatal: true})
	}
	for _, c := range r.Clashes {
		out.Problems = append(out.Problems, judging.Problem{
			Place: place,
			Text:  "packet.clash_listed",
			Args:  judging.Args{"Work": c.Code},
		})
	}
	return out, true, nil
}
