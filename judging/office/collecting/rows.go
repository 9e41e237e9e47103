package collecting

import (
	"cmp"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// rowGroup is all that the files say of one judge's score of one work.
type rowGroup struct {
	duty *scoring.Duty
	rows []collectRow
}

// collectRow is a row of a sheet on its way in.
type collectRow struct {
	scoring.Incoming
	file  *sheetFile
	place judging.Place
	cells map[string]string // criterion -> column
}

// weigh brings the rows in one after the other, in an order that does not depend on that of the files: first those that
// say what holds already, which must not hold once more over what another file brings.
func (g rowGroup) weigh(
	tx store.Tx, accept func(scoring.Incoming) (scoring.Outcome, error),
) ([]scoring.Outcome, error) {
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
	out := make([]scoring.Outcome, len(g.rows))
	for _, i := range order {
		in := g.rows[i].Incoming
		in.Contested = say[i].contested
		if (in.Contested || say[i].holds) && in.Take == scoring.TakeOf(in.Source) {
			in.Take = scoring.TakeNone // it would name several
		}
		if out[i], err = accept(in); err != nil {
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
	w, err := g.duty.Find(g.rows[0].Code)
	if err != nil {
		return out, nil // nobody's: each row will be refused
	}
	before, err := g.duty.LoadScore(tx, w)
	if err != nil {
		return out, err
	}
	rubric, totalOnly := g.duty.Rules.RubricOf(w.Category), g.duty.Rules.TotalOnly
	for i, r := range g.rows {
		known := slices.ContainsFunc(before.Versions, func(v judging.ScoreVersion) bool { return v.ID() == r.Mark })
		said, err := r.Over(before.Now().Ballot).Complete(rubric, totalOnly)
		out[i].onNow = r.Base == before.Base()
		out[i].holds = known && err == nil && before.Now().Same(said)
		if known && r.Take == scoring.TakeOf(r.Source) { // it is to hold once more
			known = out[i].holds
		}
		out[i].speaks = !known && !g.duty.SaysItsBase(r.Incoming, w, before)
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
func (g rowGroup) tell(outs []scoring.Outcome) {
	for i, out := range outs {
		g.rows[i].file.tell(*g.duty, g.rows[i], out)
	}
}

// tell adds what became of a row.
func (f *sheetFile) tell(d scoring.Duty, row collectRow, out scoring.Outcome) {
	r := &f.report
	if out.Fate == scoring.Refused {
		r.reject(row, out.Reason)
		return
	}
	own, err := row.Complete(d.Rules.RubricOf(out.Work.Category), d.Rules.TotalOnly)
	whole := err == nil && records.Finished(own.State)
	if whole {
		r.Read++
	} else if given := len(row.Marks); (given > 0 || own.State == judging.Started) &&
		!records.Finished(out.Kept.State) {
		rubric := d.Rules.RubricOf(out.Work.Category)
		part := PartRow{Code: row.Code, Place: row.place, Given: given, Of: len(rubric.Criteria)}
		if rubric.Asked(own) {
			part.Lacks = rubric.Lacks(own)
		}
		r.Incomplete = append(r.Incomplete, part)
	}
	switch out.Fate {
	case scoring.Known:
		if whole {
			r.Same++
		}
	case scoring.Stale:
		c := scoring.ScoreChange{Code: row.Code, Old: out.Old.Total, New: own.Total, State: own.State}
		r.Stale = append(r.Stale, c)
	case scoring.Taken:
		if c, changed := out.Change(); changed {
			r.Changed = append(r.Changed, c)
		}
	case scoring.Clashing:
		for _, c := range out.Clashes(d) {
			if c.Packet.Same(out.Said) && c.Packet.Source == row.Source {
				r.Clashes = append(r.Clashes, c)
			}
		}
	}
}

// reject turns the refusal of one row into a problem of the report. A lock refuses the file: what it says is too late.
func (r *Report) reject(row collectRow, err error) {
	if judging.CodeOf(err) == judging.Closed && r.Err == nil {
		r.refuse(err)
	}
	r.Sheets.Refuse(row.place.File, row.place.Sheet)
	p := judging.Problem{Place: row.place, Text: "error.internal", Fatal: true}
	var e *judging.Error
	if errors.As(err, &e) {
		p.Text, p.Args = e.Text, e.Args
		if name, ok := p.Args["Name"].(string); ok {
			p.Column = row.cells[name]
		}
	}
	r.Problems = append(r.Problems, p)
}
