package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// flushRows is how many new or changed works are held before they are written.
const flushRows = 4000

// mostRejected is how many rejected rows a report lists; the others are only counted.
const mostRejected = 2000

// hopeless is after how many rejected rows the rest of a workbook is not read: a million rows cost minutes.
const hopeless = 50_000

// knownRows finds works by where they stood in an earlier file of the same name, for rows whose title or author was
// corrected since.
type knownRows struct {
	any     bool // there are works at all
	places  map[judging.Place]judging.WorkID
	numbers map[string]judging.WorkID // file name and number
}

func loadKnown(tx store.Tx, live records.LiveIntakes, names []string) (knownRows, error) {
	k := knownRows{places: map[judging.Place]judging.WorkID{}, numbers: map[string]judging.WorkID{}}
	k.any = len(live) > 0
	earlier, err := records.Collect(func(fn func(judging.Intake) error) error { return records.Intakes.Each(tx, fn) })
	if err != nil {
		return k, err
	}
	for _, i := range earlier {
		again := slices.ContainsFunc(i.Sources, func(s string) bool { return slices.Contains(names, s) })
		if i.State != judging.Live || !again {
			continue
		}
		err := records.Works.By(tx, "intake", string(i.ID), func(r records.WorkRecord) error {
			if w, ok := live.Now(r); ok {
				k.places[w.Source] = w.ID
				if w.Number != "" {
					k.numbers[w.Source.File+"\x1f"+w.Number] = w.ID
				}
			}
			return nil
		})
		if err != nil {
			return k, err
		}
	}
	return k, nil
}

// freshWorks are the works of this intake, with the counters that number them.
type freshWorks struct {
	ids     int                         // works numbered so far, all intakes
	codes   map[string]int              // prefix -> codes drawn so far
	drawers map[string]*judging.Codes   // prefix -> codes
	keys    map[string]judging.WorkID   // key hash -> work met in this intake
	held    map[judging.WorkID]heldWork // not yet written
}

type heldWork struct {
	work  judging.Work
	isNew bool
}

func startFresh(tx store.Tx) (freshWorks, error) {
	f := freshWorks{
		codes:   map[string]int{},
		drawers: map[string]*judging.Codes{},
		keys:    map[string]judging.WorkID{},
		held:    map[judging.WorkID]heldWork{},
	}
	err := records.Counters.Each(tx, func(c records.Counter) error {
		if c.Name == "work" {
			f.ids = c.Last
		}
		var prefix string
		if n, _ := fmt.Sscanf(c.Name, "code/%s", &prefix); n == 1 {
			f.codes[prefix] = c.Last
		}
		return nil
	})
	return f, err
}

// save keeps the counters.
func (f *freshWorks) save(tx store.Tx) error {
	if err := records.Counters.Put(tx, records.Counter{Name: "work", Last: f.ids}); err != nil {
		return err
	}
	for _, prefix := range slices.Sorted(maps.Keys(f.codes)) {
		if err := records.Counters.Put(tx, records.Counter{Name: "code/" + prefix, Last: f.codes[prefix]}); err != nil {
			return err
		}
	}
	return nil
}

// number gives a new work its identity, and any work of a new category its code.
func (f *freshWorks) number(w *judging.Work, c judging.Contest, rules judging.Rules) {
	if w.ID == "" {
		f.ids++
		w.ID = judging.WorkID(judging.Serial("w", 6, f.ids))
	}
	category, _ := rules.Category(w.Category)
	if f.drawers[category.Prefix] == nil {
		f.drawers[category.Prefix] = judging.NewCodes(c.Key, category.Prefix)
	}
	w.Code = f.drawers[category.Prefix].At(f.codes[category.Prefix])
	f.codes[category.Prefix]++
}

// absorb settles one row, given the stored works that it may mean: new, changed, the same, or rejected.
func (in *intakeJob) absorb(row table.WorkRow, candidates []judging.Work) {
	out := RowReport{Place: row.Work.Source, Title: row.Work.Title, Problems: row.Problems, Status: judging.RowRejected}
	if !fatal(row) {
		in.settle(row.Work, candidates, &out)
	}
	if in.report.Add(out.Status); out.Status == judging.RowLeft {
		in.left++
	}
	if out.Status == judging.RowRejected {
		if in.rejected++; in.rejected > mostRejected {
			return // counted; finish says how many
		}
	}
	in.report.Rows = append(in.report.Rows, out)
}

func fatal(row table.WorkRow) bool {
	return slices.ContainsFunc(row.Problems, func(p judging.Problem) bool { return p.Fatal })
}

func (in *intakeJob) settle(w judging.Work, candidates []judging.Work, out *RowReport) {
	hash := records.KeyHash(w.Key())
	old, found := in.choose(w, hash, candidates)
	if !found {
		var told *judging.Problem
		if old, found, told = in.kinOf(w); told != nil && told.Fatal {
			out.Problems = append(out.Problems, *told)
			return
		} else if told != nil {
			out.Problems = append(out.Problems, *told)
		}
	}
	if !found && in.leaves(judging.RowAccepted, w.Source) {
		out.Status = judging.RowLeft
		return
	}
	if !found {
		if in.refuses(out, in.stage.RefuseLate()) {
			return
		}
		w.Status = judging.Accepted
		in.fresh.number(&w, in.contest, in.rules)
		in.hold(w, true, hash)
		out.Status, out.Work = judging.RowAccepted, w.ID
		return
	}
	out.Work = old.ID
	w = in.keepCorrected(old, w, out)
	out.Changes = old.Changes(w)
	if len(out.Changes) == 0 {
		in.fresh.keys[hash] = old.ID
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
		in.fresh.number(&next, in.contest, in.rules)
	}
	in.hold(next, in.fresh.held[next.ID].isNew, hash)
	in.revise(old, next)
	out.Status = judging.RowChanged
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

func (in *intakeJob) hold(w judging.Work, isNew bool, hash string) {
	in.fresh.keys[hash] = w.ID
	in.fresh.held[w.ID] = heldWork{w, isNew}
	fmt.Fprintf(in.digest, "%s\x1f%s\x1f%s\x1f%s\n", w.ID, w.Code, w.Key(), w.Unit)
}

// candidates reads the stored works that a row may mean: met before in this intake, of the same category, title and
// authors, or at the same place or of the same number in an earlier file of the same name.
func (in *intakeJob) candidates(tx store.Tx, w judging.Work) ([]judging.Work, error) {
	hash := records.KeyHash(w.Key())
	ids := []judging.WorkID{in.fresh.keys[hash]}
	if in.known.any {
		same, err := records.Works.IDsBy(tx, "key", hash)
		if err != nil {
			return nil, err
		}
		for _, id := range same {
			ids = append(ids, judging.WorkID(id))
		}
		ids = append(ids, in.kin.wrote[hash])
		ids = append(ids, in.known.places[w.Source], in.known.numbers[w.Source.File+"\x1f"+w.Number])
	}
	var out []judging.Work
	for _, id := range ids {
		if _, held := in.fresh.held[id]; id == "" || held {
			continue
		}
		old, ok, err := in.load(tx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, old)
		}
	}
	return out, nil
}

// choose picks the work that a row means, as this intake has it by now.
func (in *intakeJob) choose(w judging.Work, hash string, candidates []judging.Work) (judging.Work, bool) {
	met := in.fresh.keys[hash]
	if h, ok := in.fresh.held[met]; ok {
		return h.work, true
	}
	for _, old := range candidates {
		if old.ID == met || old.Key() == w.Key() || old.ID == in.kin.wrote[hash] ||
			old.ID == in.known.places[w.Source] && sameButCorrected(old, w) ||
			w.Number != "" && old.ID == in.known.numbers[w.Source.File+"\x1f"+w.Number] && sameButCorrected(old, w) {
			if h, ok := in.fresh.held[old.ID]; ok {
				old = h.work
			}
			return old, true
		}
	}
	return judging.Work{}, false
}

// sameButCorrected reports whether two rows at one place differ by a correction rather than being two works.
func sameButCorrected(a, b judging.Work) bool {
	title := judging.Fold(a.Title) == judging.Fold(b.Title)
	authors := slices.EqualFunc(a.Authors, b.Authors, func(x, y string) bool {
		return judging.Fold(x) == judging.Fold(y)
	})
	return title || authors && a.Category == b.Category
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
	err := store.Bulk(ctx, in.office.rec.In(records.Importing), len(rows), cost, func(tx store.Tx, i int) error {
		if held[i].isNew {
			return rows[i].Insert(tx)
		}
		return in.addVersion(tx, held[i].work)
	}, nil)
	if err == nil {
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
			if err := records.Revisions.Put(tx, r); err != nil {
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
