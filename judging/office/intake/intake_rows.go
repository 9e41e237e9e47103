package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// flushRows is how many new or changed works are held before they are written.
const flushRows = 4000

// mostRejected is how many rejected rows a report lists; the others are only counted.
const mostRejected = 2000

// hopeless is after how many rejected rows the rest of a workbook is not read: a million rows cost minutes.
const hopeless = 50_000

// freshWorks are the works of this intake, with what numbers them.
type freshWorks struct {
	records.Numbering
	held map[judging.WorkID]heldWork // not yet written
}

type heldWork struct {
	work  judging.Work
	isNew bool
}

func startFresh(tx store.Tx) (freshWorks, error) {
	n, err := records.LoadNumbering(tx)
	return freshWorks{n, map[judging.WorkID]heldWork{}}, err
}

// absorb settles one row, given the work that it is a state of, if any: new, changed, the same, or rejected.
func (in *intakeJob) absorb(row table.WorkRow, same judging.WorkID) {
	out := RowReport{
		Place:    row.Work.Source,
		Title:    row.Work.Title,
		Unit:     row.Work.Unit,
		Sender:   row.Work.Sender,
		Problems: row.Problems,
		Status:   judging.RowRejected,
	}
	if row.Code != "" {
		if w, ok := in.known.Coded(row.Code); ok {
			same = w.ID
		} else {
			out.Problems = append(out.Problems, judging.Problem{
				Place: out.Place, Text: "sheet.own_unknown", Args: judging.Args{"Code": string(row.Code)},
			})
		}
	}
	if !fatal(row) {
		in.settle(row.Work, same, &out)
	}
	if in.report.Add(out.Status); out.Status == judging.RowLeft {
		in.left++
	}
	in.noteBad(row, out)
	if out.Status == judging.RowRejected {
		if in.rejected++; in.rejected > mostRejected && !in.intake.Fixing {
			return // counted; finish says how many
		}
	}
	in.report.Rows = append(in.report.Rows, out)
}

func fatal(row table.WorkRow) bool {
	return slices.ContainsFunc(row.Problems, func(p judging.Problem) bool { return p.Fatal })
}

func (in *intakeJob) settle(w judging.Work, same judging.WorkID, out *RowReport) {
	old, found := in.known.Work(same)
	if !found {
		if old, found = in.known.Twin(w); found {
			old = in.alsoAt(in.asHeld(old), w.Source)
		}
	}
	if !found {
		var told *judging.Problem
		if told = in.like(w); told == nil {
			old, found, told = in.kinOf(w)
		}
		if told != nil {
			out.Problems = append(out.Problems, *told)
			if told.Fatal {
				return
			}
		}
	}
	if !found {
		in.takeNew(w, out)
		return
	}
	old = in.asHeld(old)
	out.Work = old.ID
	w = in.keepCorrected(old, w, out)
	out.Changes = old.Changes(w)
	if len(out.Changes) == 0 {
		out.Status = judging.RowUnchanged
		return
	}
	if in.leaves(judging.RowChanged, w.Source) {
		out.Status = judging.RowLeft
		return
	}
	next := old.Merge(w)
	if in.refusesChange(old, next, out) {
		return
	}
	if next.Category != old.Category {
		in.fresh.Number(&next, in.contest, in.rules)
	}
	in.hold(next, in.fresh.held[next.ID].isNew)
	in.revise(old, next)
	out.Status = judging.RowChanged
}

// alsoAt notes a row that is merged with a work, so that it is known when its list comes again.
func (in *intakeJob) alsoAt(w judging.Work, at judging.Place) judging.Work {
	w.Also = append(slices.Clone(w.Also), w.Source)
	w.Source = at // Merge sets it, too; a row that changes nothing else is kept so as well
	in.hold(w, in.fresh.held[w.ID].isNew)
	return w
}

// takeNew takes a row as a new work, unless a person left new ones out or none can come in any more.
func (in *intakeJob) takeNew(w judging.Work, out *RowReport) {
	if in.leaves(judging.RowAccepted, w.Source) {
		out.Status = judging.RowLeft
		return
	}
	if in.refuses(out, in.stage.RefuseLate()) {
		return
	}
	w.Status = judging.Accepted
	in.fresh.Number(&w, in.contest, in.rules)
	in.hold(w, true)
	in.known.Met(w)
	out.Status, out.Work = judging.RowAccepted, w.ID
}

// revise notes how a work stood before this intake touched it.
func (in *intakeJob) revise(old, next judging.Work) {
	r, again := in.revised[next.ID]
	if !again {
		r.before = old
	}
	r.after = next
	in.revised[next.ID] = r
}

// revision is a work before and after an intake.
type revision struct{ before, after judging.Work }

// same reports whether nothing that a sender writes differs, nor whether the work is withdrawn.
func (r revision) same() bool {
	return r.before.Status == r.after.Status &&
		len(r.before.Changes(r.after)) == 0 && len(r.after.Changes(r.before)) == 0
}

// settleTally counts rows as unchanged where two sheets that disagree changed a work back and forth: after all it
// is as it was.
func (in *intakeJob) settleTally() {
	for i := range in.report.Rows {
		row := &in.report.Rows[i]
		if r, ok := in.revised[row.Work]; ok && row.Status == judging.RowChanged && r.same() {
			row.Status, row.Changes = judging.RowUnchanged, nil
			in.report.Changed--
			in.report.Unchanged++
		}
	}
}

func (in *intakeJob) hold(w judging.Work, isNew bool) {
	in.fresh.held[w.ID] = heldWork{w, isNew}
	fmt.Fprintf(in.digest, "%s\x1f%s\x1f%s\x1f%s\n", w.ID, w.Code, w.Key(), w.Unit)
}

// load returns a work as this intake sees it: held, written by it, or live.
func (in *intakeJob) load(tx store.Tx, id judging.WorkID) (judging.Work, bool, error) {
	if h, ok := in.fresh.held[id]; ok {
		return h.work, true, nil
	}
	r, err := records.Works.Get(tx, string(id))
	if err != nil {
		return judging.Work{}, false, err
	}
	for _, v := range r.Versions {
		if v.Intake == in.intake.ID || in.live[v.Intake] {
			return v.Work, true, nil
		}
	}
	return judging.Work{}, false, nil
}

// flush writes the held works under the pending intake when there are enough, or all of them at the end. A dry run
// only holds.
func (in *intakeJob) flush(ctx context.Context, all bool) error {
	if in.req.DryRun || !all && len(in.fresh.held) < flushRows {
		return nil
	}
	held := make([]heldWork, 0, len(in.fresh.held))
	rows := make([]store.Row, 0, len(in.fresh.held))
	for _, id := range slices.Sorted(maps.Keys(in.fresh.held)) {
		h := in.fresh.held[id]
		row, err := records.Works.Row(records.WorkRecord{
			ID:       id,
			Versions: []records.WorkVersion{{Intake: in.intake.ID, Work: h.work}},
		})
		if err != nil {
			return err
		}
		held, rows = append(held, h), append(rows, row)
	}
	cost := func(i int) (int, int) {
		writes, bytes := rows[i].Cost()
		if !held[i].isNew {
			writes, bytes = writes*4, bytes*8 // a changed work keeps its older states
		}
		return writes, bytes
	}
	err := store.Bulk(ctx, in.db(), len(rows), cost, func(tx store.Tx, i int) error {
		if held[i].isNew {
			return rows[i].Insert(tx)
		}
		return in.addVersion(tx, held[i].work)
	}, nil)
	if err == nil {
		for _, h := range held {
			in.written[h.work.ID] = in.written[h.work.ID] || h.isNew
		}
		clear(in.fresh.held)
	}
	return err
}

// addVersion lays a state of this intake over the work's others, or replaces the one that it gave before, and keeps
// for the work's history what that changed.
func (in *intakeJob) addVersion(tx store.Tx, w judging.Work) error {
	intake := in.intake.ID
	if rev := in.revised[w.ID]; rev.after.ID != "" {
		rev.after = w
		if r := sinceImport(in.intake, rev); len(r.Changes) > 0 {
			if err := revisions.Table.Put(tx, r); err != nil {
				return err
			}
		}
	}
	r, err := records.Works.Get(tx, string(w.ID))
	if err != nil {
		return err
	}
	if len(r.Versions) > 0 && r.Versions[0].Intake == intake {
		r.Versions[0].Work = w
	} else {
		r.Versions = slices.Insert(r.Versions, 0, records.WorkVersion{Intake: intake, Work: w})
	}
	return records.Works.Put(tx, r)
}
