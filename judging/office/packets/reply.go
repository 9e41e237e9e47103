package packets

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// Reply is a reply that has passed all checks, on its way into the contest.
type Reply struct {
	packet.Reply
	in   scoring.Duty
	path string // of its file
	file string // name of that
	take scoring.Take

	identity string // the contest's, which opens it

	collects string // identity of the collection, "" for none
}

// ReadReply opens a reply and checks that it belongs here; take says which score holds in a clash. Errors: as
// CollectReply.
func ReadReply(ctx context.Context, rec *records.Records, path string, take scoring.Take) (Reply, error) {
	out := Reply{path: path, file: filepath.Base(path), take: take}
	h, err := packet.Peek(path)
	if err != nil {
		return out, err
	}
	if !h.Reply {
		return out, judging.Fail(judging.Invalid, "packet.no_reply", nil)
	}
	var sealed record
	var key replyKey
	out.in, err = records.View(ctx, rec.DB, func(tx store.Tx) (scoring.Duty, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return scoring.Duty{}, err
		}
		if h.Contest != c.ID {
			return scoring.Duty{}, judging.Fail(judging.Clash, "packet.foreign", nil)
		}
		if sealed, err = packets.Get(tx, h.Packet); errors.Is(err, judging.ErrNotFound) {
			return scoring.Duty{}, judging.Fail(judging.Forbidden, "packet.not_sealed_here", nil)
		}
		if err != nil {
			return scoring.Duty{}, err
		}
		if key, err = replyKeys.Get(tx, "reply"); err != nil {
			return scoring.Duty{}, err
		}
		return scoring.LoadDeskDuty(tx, sealed.Judge)
	})
	if err != nil {
		return out, err
	}
	if out.Reply, err = packet.ReadReply(path, key.Identity, sealed.Key); err != nil {
		return out, err
	}
	out.identity = key.Identity
	a := out.Reply.Pledge
	out.in.Pledged = a != nil && a.Sum == out.in.Rules.Pledge.Sum()
	return out, out.belongs(sealed)
}

// belongs refuses a reply to another plan or round than the present one.
func (r Reply) belongs(rec record) error {
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
func (r Reply) incoming(said packet.ReplyWork) scoring.Incoming {
	in := scoring.Incoming{
		Source: judging.Packet,
		File:   r.file,
		Take:   r.take,

		Collection: r.collects,
		Packet:     &scoring.PacketSaid{ID: r.Packet, Versions: said.Versions, Before: said.Before},
	}
	in.Code, in.Base = said.Code, said.Base
	return in
}

// hasNews reports whether merging r would write anything.
func (r Reply) hasNews(ctx context.Context, rec *records.Records) (bool, error) {
	return records.View(ctx, rec.DB, func(tx store.Tx) (bool, error) {
		if swears, err := r.swears(tx); err != nil || swears {
			return swears, err
		}
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
	if err != nil {
		return report, news, err
	}
	swears, err := r.swears(tx)
	return report, news || hands || swears, err
}

// Take brings the reply in, as part of the collection named.
func (r Reply) Take(ctx context.Context, rec *records.Records, collection string) (ReplyReport, error) {
	r.collects = collection
	report := ReplyReport{}
	err := r.merge(ctx, rec, &report)
	report.Unseen = r.in.Unseen(r.Looks)
	return report, err
}

// handsIn reports whether the reply alone hands its judge's list in: one that waits for a decision, or came too late,
// is no news however often it is collected.
func (r Reply) handsIn(tx store.Tx) (bool, error) {
	if !r.Submitted || r.in.Seat.Submitted {
		return false, nil
	}
	d := r.in
	d.Trial = nil // as in finish
	err := d.Complete(tx)
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
	all := make([]scoring.Outcome, len(r.Works))
	cost := func(i int) (int, int) { return 12, min(16<<10+4<<10*len(r.Works[i].Versions), 1<<19) }
	err := store.Bulk(ctx, rec.In(records.Scoring), len(r.Works), cost, func(tx store.Tx, i int) error {
		var err error
		if i == 0 && r.in.Pledged { // no score stands without it
			err = r.pledge(rec, tx)
		}
		if err == nil {
			all[i], err = scoring.Accept(rec, tx, r.in, r.incoming(r.Works[i]))
		}
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

// pledge keeps that the judge accepted the pledge in the packet, at the time of the judge's clock.
func (r Reply) pledge(rec *records.Records, tx store.Tx) error {
	deed := journal.DeedOf(r.Judge, judging.Packet, journal.Acting{})
	return pledged.Take(rec, tx, deed, r.Judge, r.Reply.Pledge.Sum, r.Reply.Pledge.At)
}

// swears reports whether the reply brings a pledge that is not known yet.
func (r Reply) swears(tx store.Tx) (bool, error) {
	if !r.in.Pledged {
		return false, nil
	}
	had, err := pledged.Of(tx, r.in.Rules, r.Judge)
	return had.At.IsZero(), err
}

// finish notes how far the packet was collected and hands the list in when the judge did and nothing is left
// to decide.
func (r Reply) finish(ctx context.Context, rec *records.Records, report ReplyReport) (bool, error) {
	submitted := false
	sealed, err := records.View(ctx, rec.DB, func(tx store.Tx) (record, error) {
		return packets.Get(tx, r.Packet)
	})
	if err != nil || sealed.Seq >= r.Seq && (!r.Submitted || r.in.Seat.Submitted) {
		return r.in.Seat.Submitted, err
	}
	var kept records.ReplyFile
	if sealed.Seq < r.Seq {
		if kept, err = r.keep(ctx, rec, sealed); err != nil {
			return r.in.Seat.Submitted, err
		}
	}
	err = rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := scoring.LoadDeskDuty(tx, r.Judge)
		if err != nil {
			return err
		}
		if sealed.Seq < r.Seq {
			if r.in.Pledged { // it may be all that the reply says
				if err := r.pledge(rec, tx); err != nil {
					return err
				}
			}
			next := sealed // the transaction may run twice
			next.Seq, next.Collected = r.Seq, rec.Now().UTC()
			if err := records.FirstError(
				packets.Put(tx, next), records.ReplyFiles.Put(tx, kept), scoring.TakeLooks(tx, in, r.Looks),
			); err != nil {
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
		submitted = in.Seat.Submitted
		if !r.Submitted || len(report.Clashes) > 0 {
			return nil
		}
		in.Trial = nil // those that came after the packet was sealed do not hold the list up: they don't count
		err = scoring.Submit(rec, tx, in, journal.DeedOf(r.Judge, judging.Packet, journal.Acting{}))
		submitted = err == nil
		if code := judging.CodeOf(err); code == judging.Clash || code == judging.Closed {
			return nil // works came to the list after the packet was sealed, or the round is closed
		}
		return err
	})
	return submitted, err
}
