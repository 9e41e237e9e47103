package correction

import (
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// corrector is one act of correcting under way in a transaction.
type corrector struct {
	rec     *records.Records
	tx      store.Tx
	contest judging.Contest
	rules   judging.Rules
	stage   revisions.Progress
	act     judging.Revision // what all revisions of it have in common
	of      string           // the act that is taken back or made again
	skip    bool             // leave out works that are refused
	done    []CorrectedWork
	same    []judging.WorkID
	refused []RefusedWork
	met     map[judging.WorkID]bool
	besides map[string]any // for the journal, next to the works
}

func begin(rec *records.Records, tx store.Tx, reason string) (*corrector, error) {
	k := &corrector{rec: rec, tx: tx, met: map[judging.WorkID]bool{}}
	var err error
	if k.contest, err = records.LoadContest(tx); err != nil {
		return nil, err
	}
	if k.rules, err = records.LoadRules(tx); err != nil {
		return nil, err
	}
	if k.stage, err = revisions.LoadProgress(tx); err != nil {
		return nil, err
	}
	n, err := records.Last(tx, "correction")
	k.act = judging.Revision{
		Act:    judging.Serial("k", 3, n+1),
		At:     rec.Now().UTC(),
		By:     rec.Actor,
		Reason: reason,
		Final:  k.stage.Final,
	}
	return k, err
}

// set puts fields of one work right. A work that is named twice is corrected once.
func (k *corrector) set(name string, fields map[string]string) error {
	id, err := records.FindWork(k.tx, name)
	if err != nil || k.met[id] {
		return err
	}
	old, err := records.LoadWork(k.tx, id)
	if err != nil {
		return err
	}
	k.met[id] = true
	next := old
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		value := fields[field]
		if value, err = revisions.Known(k.rules, field, value); err != nil {
			return err
		}
		if field == consent.Field && consent.Unclear(value) {
			return judging.Fail(judging.Invalid, "correct.unclear_consent", nil)
		}
		if next, err = next.With(field, value); err != nil {
			return err
		}
	}
	return k.change(old, next, k.act)
}

// change writes a work's next state as a revision r, if the stage allows each field that differs.
func (k *corrector) change(old, next judging.Work, r judging.Revision) error {
	changes := old.Differences(next)
	if len(changes) == 0 {
		k.same = append(k.same, old.ID)
		return nil
	}
	err := k.mayChange(old, next, changes)
	if e, told := err.(*judging.Error); told && k.skip && (e.Code == judging.Closed || e.Code == judging.Clash) {
		k.refused = append(k.refused, RefusedWork{old.ID, old.Code, old.Title, e.Text, e.Args})
		return nil
	}
	if err != nil {
		return err
	}
	if next.Category != old.Category {
		if err := k.number(&next); err != nil {
			return err
		}
	}
	if err := records.PutWork(k.tx, next); err != nil {
		return err
	}
	r.Work, r.Changes = next.ID, changes
	k.done = append(k.done, CorrectedWork{next.ID, next.Code, next.Title, changes})
	return revisions.Table.Insert(k.tx, r)
}

// mayChange refuses what the stage does not allow, and a work that would be the same as another.
func (k *corrector) mayChange(old, next judging.Work, changes []judging.WorkChange) error {
	stage, err := k.stage.Of(k.tx, old)
	if err != nil {
		return err
	}
	if err := stage.AllowsAll(changes); err != nil {
		return err
	}
	return k.refuseTwin(old, next)
}

// refuseTwin refuses to make a work the same as another: category, title, authors, unit and number tell works apart.
func (k *corrector) refuseTwin(old, next judging.Work) error {
	if old.Key() == next.Key() {
		return nil
	}
	twins, err := records.Works.IDsBy(k.tx, "key", records.KeyHash(next.Key()))
	if err != nil {
		return err
	}
	for _, id := range twins {
		w, err := records.LoadWork(k.tx, judging.WorkID(id))
		if judging.CodeOf(err) == judging.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if w.ID != old.ID && w.Key() == next.Key() && w.Number == next.Number &&
			judging.Fold(w.ShownUnit()) == judging.Fold(next.ShownUnit()) {
			return judging.Fail(judging.Clash, "correct.twin", judging.Args{"Code": w.Code})
		}
	}
	return nil
}

// number gives a work of a new category its code. Errors: Busy while an import elsewhere gives out numbers.
func (k *corrector) number(w *judging.Work) error {
	free, err := k.rec.Vacant(k.tx, records.Numbers)
	if err != nil {
		return err
	}
	if !free {
		return judging.Fail(judging.Busy, "import.busy", nil)
	}
	n, err := records.LoadNumbering(k.tx)
	if err != nil {
		return err
	}
	n.Number(w, k.contest, k.rules)
	return n.Save(k.tx)
}

// finish notes the act in the journal and says what follows from it.
func (k *corrector) finish(what deed) (Report, error) {
	out := newReport()
	out.Same, out.Refused = append(out.Same, k.same...), append(out.Refused, k.refused...)
	out.NeedsReason, out.Final = k.stage.NeedsReason(), k.stage.Final
	if len(k.done) == 0 {
		return out, nil
	}
	if _, err := records.Take(k.tx, "correction", 1); err != nil {
		return out, err
	}
	out.Act, out.Of, out.Works = k.act.Act, k.of, append(out.Works, k.done...)
	printed := map[judging.WorkID]bool{}
	for _, w := range k.done {
		names, paper := touches(w.Changes)
		if names {
			out.Look = append(out.Look, w.Work)
		}
		if paper {
			printed[w.Work] = true
		}
	}
	var err error
	if out.Lists, err = k.lists(); err != nil {
		return out, err
	}
	if out.Reissue, err = revisions.DocumentsOf(k.tx, printed); err != nil {
		return out, err
	}
	before, after := gists(k.done)
	maps.Copy(after, k.besides)
	if k.act.Reason != "" {
		after["reason"] = k.act.Reason
	}
	return out, k.rec.Log(k.tx, what.noun+"."+what.verb, k.act.Act, before, after)
}

// touches reports whether changes concern names that judges must not read, and what documents print.
func touches(changes []judging.WorkChange) (names, printed bool) {
	for _, c := range changes {
		if c.Field == judging.ConsentField {
			continue
		}
		names = names || c.Field != "category" && c.Field != "group"
		printed = printed || slices.Contains(judging.FinalFields, c.Field) || c.Field == "group" ||
			c.Field == "category"
	}
	return names, printed
}

// gists are what the journal keeps of a correction: the fields before and after, of private ones only that they
// changed.
func gists(done []CorrectedWork) (before, after map[string]any) {
	before, after = map[string]any{}, map[string]any{}
	for _, w := range done {
		a, b := map[string]string{}, map[string]string{}
		for _, c := range w.Changes {
			if a[c.Field], b[c.Field] = c.Old, c.New; judging.IsPrivateField(c.Field) {
				a[c.Field], b[c.Field] = "…", "…"
			}
		}
		before[string(w.Work)], after[string(w.Work)] = a, b
	}
	return before, after
}
