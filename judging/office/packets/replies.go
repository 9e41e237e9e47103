package packets

import (
	"context"
	"errors"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// ReplyReport tells what one reply brought.
type ReplyReport struct {
	File      string                `json:"file"`
	Packet    string                `json:"packet"`
	Judge     judging.JudgeID       `json:"judge"`
	Name      string                `json:"name"`
	Read      int                   `json:"read"`      // works that something was said of
	Changed   []scoring.ScoreChange `json:"changed"`   // scores that differ from what was kept
	Clashes   []scoring.PacketClash `json:"clashes"`   // scores to be decided on
	Refused   []ReplyRefusal        `json:"refused"`   // scores not merged
	Submitted bool                  `json:"submitted"` // the judge's list is handed in now
	Lost      int                   `json:"lost"`      // records that the judge's machine could no longer read
	// works scored though files of them were not looked at
	Unseen []judging.WorkCode `json:"unseen"`
	// copy of the database from before, "" when nothing was changed
	Backup string `json:"backup"`
}

// ReplyRefusal is a score that was not merged, with the reason.
type ReplyRefusal struct {
	Code judging.WorkCode `json:"code"`
	Text string           `json:"reason"` // a key
	Args judging.Args     `json:"args,omitempty"`
}

// CollectReply merges a packet's reply. Reading the same reply again changes nothing. A backup is written before
// anything is changed. Where the contest holds another score that the packet did not know of, both are kept and
// take decides which one holds; with TakeNone the clash is listed until ResolveClash. Scores of works that the
// judge no longer has, or that were voided, are reported and not merged. Errors: Invalid for a file that is no
// reply or of another format; Corrupt for one changed or cut; Clash for one of another contest, round or plan;
// Forbidden for a packet or signature unknown here.
func (o Stage) CollectReply(ctx context.Context, path string, take scoring.Take) (ReplyReport, error) {
	name := filepath.Base(path)
	report := ReplyReport{
		File: name, Changed: []scoring.ScoreChange{}, Clashes: []scoring.PacketClash{}, Refused: []ReplyRefusal{},
		Unseen: []judging.WorkCode{},
	}
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
		if r.collects, err = scoring.BeginCollection(ctx, o.rec, []string{name}); err != nil {
			return report, err
		}
	}
	err = r.merge(ctx, o.rec, &report)
	report.Unseen = append(report.Unseen, r.in.Unseen(r.Looks)...)
	return report, err
}

// backup copies the contest as before a collection of sheets, unless nothing has changed since the last copy, and
// answers with the newest one.
func (o Stage) backup(ctx context.Context) (string, error) {
	if err := o.rec.AutoBackup(ctx, "collect"); err != nil {
		return "", err
	}
	all, err := o.rec.Backups(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].Path, nil
}

func (r *ReplyReport) add(in scoring.Duty, out scoring.Outcome) {
	switch out.Fate {
	case scoring.Refused:
		r.Refused = append(r.Refused, refusal(out))
	case scoring.Clashing:
		r.Clashes = append(r.Clashes, out.Clashes(in)...)
	case scoring.Taken:
		if c, changed := out.Change(); changed {
			r.Changed = append(r.Changed, c)
		}
	}
}

func refusal(o scoring.Outcome) ReplyRefusal {
	out := ReplyRefusal{Code: o.Kept.Code, Text: "error.internal"}
	var e *judging.Error
	if errors.As(o.Reason, &e) {
		out.Text, out.Args = e.Text, e.Args
	}
	return out
}
