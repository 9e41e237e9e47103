package scoring

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/store"
)

// CollectOptions say how sheets and replies are collected.
type CollectOptions struct {
	Take   Take                      // for clashes; TakeNone keeps both and asks
	TakeOf map[judging.WorkCode]Take // for the works named, before Take
}

// Collected is what a collection brought, file by file in the order given.
type Collected struct {
	ID     string          `json:"id,omitempty"` // by which UndoCollect takes it back; "" when nothing was written
	Files  []CollectReport `json:"files"`
	Backup bool            `json:"backup"` // the contest was copied before anything was changed
}

// CollectReport tells what one filled sheet, or one reply, brought or would bring.
type CollectReport struct {
	File       string             `json:"file"`
	Judge      judging.JudgeID    `json:"judge"`
	Name       string             `json:"name"`       // the judge's
	Read       int                `json:"read"`       // rows that are complete: scored, abstained or recused
	Same       int                `json:"same"`       // complete rows that say what is known already
	Changed    []ScoreChange      `json:"changed"`    // scores that differ from what was kept, the new ones too
	Clashes    []PacketClash      `json:"clashes"`    // scores to be decided on: both are kept
	Stale      []ScoreChange      `json:"stale"`      // scores collected once and changed since: left as they are now
	Missing    []judging.WorkCode `json:"missing"`    // works of the judge without a row
	Incomplete []PartRow          `json:"incomplete"` // rows with some of the marks
	Blank      bool               `json:"blank"`      // nothing is filled in
	Submitted  bool               `json:"submitted"`
	Problems   []judging.Problem  `json:"problems"`
	Refused    string             `json:"refused,omitempty"`    // key of the text that says why the file was not read
	Err        error              `json:"-"`                    // the same as an error
	Collection string             `json:"collection,omitempty"` // that UndoCollect takes back
	// what became of every row with text, sheet by sheet; none for a reply
	Sheets ledger.Accounts `json:"sheets,omitempty"`
}

// PartRow is a row that has only some of its marks.
type PartRow struct {
	Code  judging.WorkCode `json:"code"`
	Place judging.Place    `json:"place"`
	Given int              `json:"given"` // marks
	Of    int              `json:"of"`
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

func newReport(file string) CollectReport {
	return CollectReport{File: file, Changed: []ScoreChange{}, Clashes: []PacketClash{}, Stale: []ScoreChange{},
		Missing: []judging.WorkCode{}, Incomplete: []PartRow{}, Problems: []judging.Problem{}}
}

// refuse notes that the file was not read.
func (r *CollectReport) refuse(err error) {
	r.Err, r.Refused = err, "error.internal"
	var e *judging.Error
	if errors.As(err, &e) {
		r.Refused = e.Text
	}
}

// PreviewCollect tells what CollectScores would do with the files and writes nothing. Errors: as CollectScores.
func (o Stage) PreviewCollect(ctx context.Context, paths []string, opt CollectOptions) (Collected, error) {
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
func (o Stage) CollectScores(ctx context.Context, paths []string, opt CollectOptions) (Collected, error) {
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
	if out.ID, err = o.beginCollection(ctx, j); err != nil {
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
func (o Stage) take(ctx context.Context, j *collectJob, id string) (*collectJob, error) {
	j.clear()
	cost := func(i int) (int, int) { n := len(j.groups[i].rows); return 6 + 8*n, (n + 1) << 15 }
	outs := make([][]Outcome, len(j.groups))
	err := store.Bulk(ctx, o.rec.In(records.Scoring), len(j.groups), cost, func(tx store.Tx, i int) (err error) {
		outs[i], err = j.groups[i].weigh(tx, func(d Duty, in Incoming) (Outcome, error) {
			in.collects = id
			return Accept(o.rec, tx, d, in)
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
func (o Stage) preview(ctx context.Context, j *collectJob) (bool, error) {
	news := false
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		news = false
		j.clear()
		for _, g := range j.groups {
			pretend := map[judging.WorkCode]merge{}
			outs, err := g.weigh(tx, func(d Duty, in Incoming) (Outcome, error) {
				d.pretend = pretend
				out, err := d.weigh(tx, in)
				pretend[in.Code] = out.merge
				return out, err
			})
			if err != nil {
				return err
			}
			for _, out := range outs {
				news = news || out.merge.writes()
			}
			g.tell(outs)
		}
		return records.FirstError(j.addsUp(), j.previewReplies(tx, &news))
	})
	return news, err
}

// rowGroup is all that the files say of one judge's score of one work.
type rowGroup struct {
	duty *Duty
	rows []collectRow
}

// collectRow is a row of a sheet on its way in.
type collectRow struct {
	Incoming
	file  *sheetFile
	place judging.Place
	cells map[string]string // criterion -> column
}

// weigh brings the rows in one after the other, in an order that does not depend on that of the files: first those that
// say what holds already, which must not hold once more over what another file brings.
func (g rowGroup) weigh(tx store.Tx, accept func(Duty, Incoming) (Outcome, error)) ([]Outcome, error) {
	say, err := g.look(tx)
	if err != nil {
		return nil, err
	}
	depth := g.depths()
	order := make([]int, len(g.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if say[a].holds != say[b].holds {
			if say[a].holds {
				return -1
			}
			return 1
		}
		if say[a].onNow != say[b].onNow { // it needs no word; one that says the same is known then
			if say[a].onNow {
				return -1
			}
			return 1
		}
		return cmp.Or(depth[a]-depth[b], cmp.Compare(g.rows[a].Mark, g.rows[b].Mark))
	})
	out := make([]Outcome, len(g.rows))
	for _, i := range order {
		in := g.rows[i].Incoming
		in.Contested = say[i].contested
		if (in.Contested || say[i].holds) && in.Take == takeOf(in.Source) {
			in.Take = TakeNone // it would name several
		}
		if out[i], err = accept(*g.duty, in); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// depths counts for each row how many of the others it was made on, one on the other: those come first, so that a row
// that is as it was written is known as that, whatever their marks.
func (g rowGroup) depths() []int {
	made := map[string]string{}
	for _, r := range g.rows {
		made[r.Mark] = r.Base
	}
	out := make([]int, len(g.rows))
	for i, r := range g.rows {
		base, there := made[r.Base]
		for there && out[i] < len(made) {
			out[i]++
			base, there = made[base]
		}
	}
	return out
}

// rowSaying is what a row is among the others of one score, before any of them is brought in.
type rowSaying struct {
	holds     bool // it was collected before, and holds
	onNow     bool // it was made on what holds
	speaks    bool // it says something that is neither known nor as it was written
	contested bool // another file says differently
}

// look tells what the rows are among each other.
func (g rowGroup) look(tx store.Tx) ([]rowSaying, error) {
	out := make([]rowSaying, len(g.rows))
	if len(g.rows) < 2 {
		return out, nil
	}
	m, err := g.duty.mergeOf(tx, g.rows[0].Incoming)
	if err != nil || m.work.ID == "" {
		return out, err
	}
	rubric, totalOnly := g.duty.Rules.RubricOf(m.work.Category), g.duty.Rules.TotalOnly
	for i, r := range g.rows {
		known := slices.ContainsFunc(m.before.Versions, func(v judging.ScoreVersion) bool { return v.ID() == r.Mark })
		said, err := r.Over(m.before.Now().Ballot).Complete(rubric, totalOnly)
		out[i].onNow = r.Base == m.before.Base()
		out[i].holds = known && err == nil && m.before.Now().Same(said)
		if known && r.Take == takeOf(r.Source) { // it is to hold once more
			known = out[i].holds
		}
		out[i].speaks = !known && !g.duty.saysItsBase(r.Incoming, m)
	}
	for i, a := range g.rows {
		for k, b := range g.rows[:i] {
			if a.Mark == b.Mark || !out[i].speaks || !out[k].speaks {
				continue
			}
			of, err1 := b.Complete(rubric, totalOnly)
			both, err2 := a.Over(b.Ballot).Complete(rubric, totalOnly)
			if err1 == nil && err2 == nil && !both.AddsTo(of) {
				out[i].contested, out[k].contested = true, true
			}
		}
	}
	return out, nil
}

// tell adds what became of the rows to the reports of their files.
func (g rowGroup) tell(outs []Outcome) {
	for i, out := range outs {
		g.rows[i].file.tell(*g.duty, g.rows[i], out)
	}
}

// tell adds what became of a row.
func (f *sheetFile) tell(d Duty, row collectRow, out Outcome) {
	r := &f.report
	if out.Fate == Refused {
		r.reject(row, out.Reason)
		return
	}
	own, err := row.Complete(d.Rules.RubricOf(out.merge.work.Category), d.Rules.TotalOnly)
	whole := err == nil && records.Finished(own.State)
	if whole {
		r.Read++
	} else if given := len(row.Marks); given > 0 && !records.Finished(out.Kept.State) {
		all := len(d.Rules.RubricOf(out.merge.work.Category).Criteria)
		r.Incomplete = append(r.Incomplete, PartRow{row.Code, row.place, given, all})
	}
	switch out.Fate {
	case Known:
		if whole {
			r.Same++
		}
	case Stale:
		r.Stale = append(r.Stale, ScoreChange{Code: row.Code, Old: out.Old.Total, New: own.Total, State: own.State})
	case Taken:
		if c, changed := out.change(); changed {
			r.Changed = append(r.Changed, c)
		}
	case Clashing:
		for _, c := range out.clashes(d) {
			if c.Packet.Same(out.Said) && c.Packet.Source == row.Source {
				r.Clashes = append(r.Clashes, c)
			}
		}
	}
}

// reject turns the refusal of one row into a problem of the report. A lock refuses the file: what it says is too late.
func (r *CollectReport) reject(row collectRow, err error) {
	if judging.CodeOf(err) == judging.Closed && r.Err == nil {
		r.refuse(err)
	}
	r.Sheets.Refuse(row.place.File, row.place.Sheet)
	p := judging.Problem{Place: row.place, Text: "error.internal", Args: judging.Args{"Detail": ""}, Fatal: true}
	var e *judging.Error
	if errors.As(err, &e) {
		p.Text, p.Args = e.Text, e.Args
		if name, ok := p.Args["Name"].(string); ok {
			p.Column = row.cells[name]
		}
	}
	r.Problems = append(r.Problems, p)
}
