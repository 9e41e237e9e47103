package collecting

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/sheet/ledger"
	"fayi/judging/store"
)

// Options say how sheets and replies are collected.
type Options struct {
	Take   scoring.Take                      // for clashes; TakeNone keeps both and asks
	TakeOf map[judging.WorkCode]scoring.Take // for the works named, before Take
}

// Collected is what a collection brought, file by file in the order given.
type Collected struct {
	ID     string   `json:"id,omitempty"` // by which UndoCollect takes it back; "" when nothing was written
	Files  []Report `json:"files"`
	Backup bool     `json:"backup"` // the contest was copied before anything was changed
}

// Report tells what one filled sheet, or one reply, brought or would bring.
type Report struct {
	File       string                `json:"file"`
	Judge      judging.JudgeID       `json:"judge"`
	Name       string                `json:"name"`       // the judge's
	Read       int                   `json:"read"`       // rows that are complete: scored, abstained or recused
	Same       int                   `json:"same"`       // complete rows that say what is known already
	Changed    []scoring.ScoreChange `json:"changed"`    // scores that differ from what was kept, the new ones too
	Clashes    []scoring.PacketClash `json:"clashes"`    // scores to be decided on: both are kept
	Stale      []scoring.ScoreChange `json:"stale"`      // scores collected once and changed since: left as they are
	Missing    []judging.WorkCode    `json:"missing"`    // works of the judge without a row
	Incomplete []PartRow             `json:"incomplete"` // rows with some of the marks
	Blank      bool                  `json:"blank"`      // nothing is filled in
	Submitted  bool                  `json:"submitted"`
	Problems   []judging.Problem     `json:"problems"`
	Refused    string                `json:"refused,omitempty"`    // key of the text that says why it was not read
	Err        error                 `json:"-"`                    // the same as an error
	Collection string                `json:"collection,omitempty"` // that UndoCollect takes back
	// what became of every row with text, sheet by sheet; none for a reply
	Sheets ledger.Accounts `json:"sheets,omitempty"`
}

// PartRow is a row that has only some of its marks, or lacks what else the rules ask for.
type PartRow struct {
	Code  judging.WorkCode `json:"code"`
	Place judging.Place    `json:"place"`
	Given int              `json:"given"` // marks
	Of    int              `json:"of"`
	Lacks string           `json:"lacks,omitempty"` // with all marks: limits, comment or note
}

func newReport(file string) Report {
	return Report{
		File: file, Changed: []scoring.ScoreChange{}, Clashes: []scoring.PacketClash{}, Stale: []scoring.ScoreChange{},
		Missing: []judging.WorkCode{}, Incomplete: []PartRow{}, Problems: []judging.Problem{},
	}
}

// refuse notes that the file was not read.
func (r *Report) refuse(err error) {
	r.Err, r.Refused = err, "error.internal"
	var e *judging.Error
	if errors.As(err, &e) {
		r.Refused = e.Text
	}
}

// PreviewCollect tells what CollectScores would do with the files and writes nothing. Errors: as CollectScores.
func (o Stage) PreviewCollect(ctx context.Context, paths []string, opt Options) (Collected, error) {
	j, err := o.readAll(ctx, paths, opt)
	if err != nil {
		return Collected{}, err
	}
	_, err = o.preview(ctx, j)
	return Collected{Files: j.reports()}, err
}

// CollectScores reads filled score sheets and packets' replies back, whatever their order: originals next to filled
// copies, a sheet twice. A blank row or cell says nothing. A row that was made on the score that holds, or only adds
// to it, is taken; one that contradicts it is kept next to it and asked about, unless opt says which holds; two files
// that contradict each other likewise. Marks that are wrong are reported with sheet, row and column, and the rest is
// kept. The contest is copied first, UndoCollect takes all of it back, every older value stays in the history. A file
// that is refused is reported in its report and keeps no other out. Errors: Invalid for an answer that is not one,
// those of the store.
func (o Stage) CollectScores(ctx context.Context, paths []string, opt Options) (Collected, error) {
	j, err := o.readAll(ctx, paths, opt)
	if err != nil {
		return Collected{}, err
	}
	news, err := o.preview(ctx, j)
	if err != nil || !news {
		return Collected{Files: j.reports()}, err
	}
	out := Collected{}
	if _, out.Backup = o.rec.DB.(store.Snapshotter); out.Backup {
		if err := o.rec.AutoBackup(ctx, "collect"); err != nil {
			return out, err
		}
	}
	if out.ID, err = scoring.BeginCollection(ctx, o.rec, j.names()); err != nil {
		return out, err
	}
	if j, err = o.take(ctx, j, out.ID); err != nil {
		return out, err
	}
	out.Files = j.reports()
	for i := range out.Files {
		out.Files[i].Collection = out.ID
	}
	return out, ctx.Err()
}

// take writes what was read.
func (o Stage) take(ctx context.Context, j *job, id string) (*job, error) {
	j.clear()
	cost := func(i int) (int, int) { n := len(j.groups[i].rows); return 6 + 8*n, (n + 1) << 15 }
	outs := make([][]scoring.Outcome, len(j.groups))
	err := store.Bulk(ctx, o.rec.In(records.Scoring), len(j.groups), cost, func(tx store.Tx, i int) (err error) {
		outs[i], err = j.groups[i].weigh(tx, func(in scoring.Incoming) (scoring.Outcome, error) {
			in.Collection = id
			return scoring.Accept(o.rec, tx, *j.groups[i].duty, in)
		})
		return err
	}, nil)
	if err != nil {
		return j, err
	}
	for i, g := range j.groups {
		g.tell(outs[i])
	}
	o.rec.Changes.Ring()
	return j, records.FirstError(j.addsUp(), o.takeReplies(ctx, j, id))
}

// preview weighs everything without writing and reports whether anything would be written.
func (o Stage) preview(ctx context.Context, j *job) (bool, error) {
	news := false
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		news = false
		j.clear()
		for _, g := range j.groups {
			d := g.duty.Ahead()
			outs, err := g.weigh(tx, func(in scoring.Incoming) (scoring.Outcome, error) { return d.Weigh(tx, in) })
			if err != nil {
				return err
			}
			for _, out := range outs {
				news = news || out.Writes()
			}
			g.tell(outs)
		}
		return records.FirstError(j.addsUp(), j.previewReplies(tx, &news))
	})
	return news, err
}
