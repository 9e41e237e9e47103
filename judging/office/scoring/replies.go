package scoring

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// ReplyReport tells what one reply brought.
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
	// copy of the database from before, "" when nothing was changed
	Backup string `json:"backup"`
}

// ReplyRefusal is a score that was not merged, with the reason.
type ReplyRefusal struct {
	Code judging.WorkCode `json:"code"`
	Text string           `json:"reason"` // a key
	Args judging.Args     `json:"args,omitempty"`
}

// Reply is a reply that has passed all checks, on its way into the contest.
type Reply struct {
	packet.Reply
	in   Duty
	file string
	take Take

	collects string // identity of the collection, "" for none
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
	if err := take.Check(); err != nil {
		return report, err
	}
	r, err := ReadReply(ctx, o.rec, path, take)
	if err != nil {
		return report, err
	}
	report.Packet = r.Packet
	report.Judge = r.Judge
	report.Name = r.Name()
	report.Read = len(r.Works)
	report.Lost = r.Lost
	news, err := r.hasNews(ctx, o.rec)
	if err != nil {
		return report, err
	}
	if _, can := o.rec.DB.(store.Snapshotter); can && news {
		if report.Backup, err = o.backup(ctx); err != nil {
			return report, err
		}
	}
	if news {
		if r.collects, err = BeginCollection(ctx, o.rec, []string{name}); err != nil {
			return report, err
		}
	}
	return report, r.merge(ctx, o.rec, &report)
}

// backup copies the contest as before a collection of sheets, unless nothing has changed since the last copy, and
// answers with the newest one.
func (o Packets) backup(ctx context.Context) (string, error) {
	if err := o.rec.AutoBackup(ctx, "collect"); err != nil {
		return "", err
	}
	all, err := o.rec.Backups(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Path, nil
}

// ReadReply opens a reply and checks that it belongs here; take says which score holds in a clash. Errors: as
// CollectReply.
func ReadReply(ctx context.Context, rec *records.Records, path string, take Take) (Reply, error) {
	out := Reply{file: filepath.Base(path), take: take}
	h, err := packet.Peek(path)
	if err != nil {
		return out, err
	}
	if !h.Reply {
		return out, judging.Fail(judging.Invalid, "packet.no_reply", nil)
	}
	var sealed packetRecord
	var key replyKey
	out.in, err = records.View(ctx, rec.DB, func(tx store.Tx) (Duty, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return Duty{}, err
		}
		if h.Contest != c.ID {
			return Duty{}, judging.Fail(judging.Clash, "packet.foreign", nil)
		}
		if sealed, err = packets.Get(tx, h.Packet); errors.Is(err, judging.ErrNotFound) {
			return Duty{}, judging.Fail(judging.Forbidden, "packet.not_sealed_here", nil)
		}
		if err != nil {
			return Duty{}, err
		}
		if key, err = replyKeys.Get(tx, "reply"); err != nil {
			return Duty{}, err
		}
		return loadDeskDuty(tx, sealed.Judge)
	})
	if err != nil {
		return out, err
	}
	if out.Reply, err = packet.ReadReply(path, key.Identity, sealed.Key); err != nil {
		return out, err
	}
	return out, out.belongs(sealed)
}

// belongs refuses a reply to another plan or round than the present one.
func (r Reply) belongs(rec packetRecord) error {
	args := judging.Args{"Packet": r.Plan, "Plan": r.in.Plan.Version}
	switch {
	case r.Judge != rec.Judge || r.Round != rec.Round || r.Plan != rec.Plan:
		return judging.Fail(judging.Corrupt, "packet.damaged", nil)
	case r.Round != r.in.Plan.Round || r.Plan != r.in.Plan.Version && !slices.Contains(r.in.Plan.Before, r.Plan):
		return judging.Fail(judging.Clash, "packet.other_plan", args)
	}
	return nil
}

// incoming is what a reply says of one work, on its way in.
func (r Reply) incoming(said packet.ReplyWork) Incoming {
	in := Incoming{
		Source: judging.Packet,
		File:   r.file,
		Take:   r.take,

		Collection: r.collects,
		Packet:     &PacketSaid{ID: r.Packet, Versions: said.Versions, Before: said.Before},
	}
	in.Code, in.Base = said.Code, said.Base
	return in
}

// hasNews reports whether merging r would write anything.
func (r Reply) hasNews(ctx context.Context, rec *records.Records) (bool, error) {
	return records.View(ctx, rec.DB, func(tx store.Tx) (bool, error) {
		for _, w := range r.Works {
			out, err := r.in.Weigh(tx, r.incoming(w))
			if err != nil || out.Writes() {
				return err == nil, err
			}
		}
		return r.handsIn(tx)
	})
}

// Name is the judge's.
func (r Reply) Name() string { return r.in.Judge.Name }

// Preview tells what Take would do, and whether it would write anything.
func (r Reply) Preview(tx store.Tx) (report ReplyReport, news bool, err error) {
	for _, w := range r.Works {
		out, err := r.in.Weigh(tx, r.incoming(w))
		if err != nil {
			return report, news, err
		}
		news = news || out.Writes()
		report.add(r.in, out)
	}
	hands, err := r.handsIn(tx)
	return report, news || hands, err
}

// Take brings the reply in, as part of the collection named.
func (r Reply) Take(ctx context.Context, rec *records.Records, collection string) (ReplyReport, error) {
	r.collects = collection
	report := ReplyReport{}
	return report, r.merge(ctx, rec, &report)
}

// handsIn reports whether the reply alone hands its judge's list in: one that waits for a decision, or came too late,
// is no news however often it is collected.
func (r Reply) handsIn(tx store.Tx) (bool, error) {
	if !r.Submitted || r.in.seat.Submitted {
		return false, nil
	}
	d := r.in
	d.trial = nil // as in finishReply
	err := d.complete(tx)
	if code := judging.CodeOf(err); code == judging.Clash || code == judging.Closed {
		return false, nil
	}
	return err == nil, err
}

// merge brings the works in, hands the list in when that can be done, and reports both.
func (r Reply) merge(ctx context.Context, rec *records.Records, report *ReplyReport) error {
	err := r.mergeWorks(ctx, rec, report)
	if err == nil {
		report.Submitted, err = r.finish(ctx, rec, *report)
	}
	return err
}

// mergeWorks saves each work by itself, so that a cut leaves only whole scores and the next reading goes on.
func (r Reply) mergeWorks(ctx context.Context, rec *records.Records, report *ReplyReport) error {
	all := make([]Outcome, len(r.Works))
	cost := func(i int) (int, int) { return 12, min(16<<10+4<<10*len(r.Works[i].Versions), 1<<19) }
	err := store.Bulk(ctx, rec.In(records.Scoring), len(r.Works), cost, func(tx store.Tx, i int) error {
		var err error
		all[i], err = Accept(rec, tx, r.in, r.incoming(r.Works[i]))
		return err
	}, nil)
	changed := false
	for _, out := range all {
		changed = changed || out.Writes()
		report.add(r.in, out)
	}
	if changed {
		rec.Changes.Ring()
	}
	return err
}

func (r *ReplyReport) add(in Duty, out Outcome) {
	switch out.Fate {
	case Refused:
		r.Refused = append(r.Refused, refusal(out))
	case Clashing:
		r.Clashes = append(r.Clashes, out.Clashes(in)...)
	case Taken:
		if c, changed := out.Change(); changed {
			r.Changed = append(r.Changed, c)
		}
	}
}

func refusal(o Outcome) ReplyRefusal {
	out := ReplyRefusal{Code: o.Kept.Code, Text: "error.internal", Args: judging.Args{"Detail": ""}}
	var e *judging.Error
	if errors.As(o.Reason, &e) {
		out.Text, out.Args = e.Text, e.Args
	}
	return out
}

// finish notes how far the packet was collected and hands the list in when the judge did and nothing is left
// to decide.
func (r Reply) finish(ctx context.Context, rec *records.Records, report ReplyReport) (bool, error) {
	submitted := false
	sealed, err := records.View(ctx, rec.DB, func(tx store.Tx) (packetRecord, error) {
		return packets.Get(tx, r.Packet)
	})
	if err != nil || sealed.Seq >= r.Seq && (!r.Submitted || r.in.seat.Submitted) {
		return r.in.seat.Submitted, err
	}
	err = rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, r.Judge)
		if err != nil {
			return err
		}
		if sealed.Seq < r.Seq {
			sealed.Seq, sealed.Collected = r.Seq, rec.Now().UTC()
			if err := packets.Put(tx, sealed); err != nil {
				return err
			}
			after := map[string]any{
				"seq":     r.Seq,
				"changed": len(report.Changed),
				"clashes": len(report.Clashes),
				"refused": len(report.Refused),
			}
			if err := rec.Log(tx, "packet.collect", r.Packet, nil, after); err != nil {
				return err
			}
		}
		submitted = in.seat.Submitted
		if !r.Submitted || len(report.Clashes) > 0 {
			return nil
		}
		in.trial = nil // those that came after the packet was sealed do not hold the list up: they don't count
		err = Submit(rec, tx, in)
		submitted = err == nil
		if code := judging.CodeOf(err); code == judging.Clash || code == judging.Closed {
			return nil // works came to the list after the packet was sealed, or the round is closed
		}
		return err
	})
	return submitted, err
}
