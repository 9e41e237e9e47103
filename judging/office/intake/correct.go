package intake

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// MostCorrected is how many works one correction may touch.
const MostCorrected = 5000

// Correction asks to put fields of works right: every field of Set gets its value in each of Works, named by identity
// or code. What else the works say stays as it is.
type Correction struct {
	Works  []string
	Set    map[string]string // judging.CorrectableFields -> text, names parted by "、"; "" empties a field
	Reason string
}

// CorrectionReport says what a correction did.
type CorrectionReport struct {
	Act     string             `json:"act"` // "k003"; "" where all was so already
	Works   []CorrectedWork    `json:"works"`
	Look    []judging.WorkID   `json:"look_again"` // works whose names changed: their blind copies are to be looked at
	Reissue []records.Document `json:"reissue"`    // documents that say the old
}

// CorrectedWork is one work with what changed of it.
type CorrectedWork struct {
	Work    judging.WorkID       `json:"work"`
	Code    judging.WorkCode     `json:"code"`
	Changes []judging.WorkChange `json:"changes"`
}

// CorrectWorks puts the data of works right, all of them or none, and notes who did it, when and why. It is lawful at
// any time: a category until judges have the work, a group until it has a score (a missing one until the notice), all
// else until the awards are final, and after that what documents print, as a corrected document. Errors: Invalid
// without a reason or for a value that won't do, NotFound, Closed for what the stage does not allow any more, Clash
// where the work would be the same as another.
func (o Stage) CorrectWorks(ctx context.Context, c Correction) (CorrectionReport, error) {
	report := CorrectionReport{
		Works:   []CorrectedWork{},
		Look:    []judging.WorkID{},
		Reissue: []records.Document{},
	}
	if c.Reason = judging.Tidy(c.Reason); c.Reason == "" {
		return report, judging.Fail(judging.Invalid, "works.needs_reason", nil)
	}
	if len(c.Works) == 0 || len(c.Works) > MostCorrected || len(c.Set) == 0 {
		return report, judging.Fail(judging.Invalid, "correct.nothing", judging.Args{"Most": MostCorrected})
	}
	o.rec.Importing.Lock() // it may number works in memory
	defer o.rec.Importing.Unlock()
	err := o.rec.Change(ctx, records.Correcting, func(tx store.Tx) error {
		k, err := o.beginCorrection(tx, c.Reason)
		if err != nil {
			return err
		}
		for _, name := range c.Works {
			if err := k.set(name, c.Set); err != nil {
				return err
			}
		}
		report, err = k.finish("correct")
		return err
	})
	return report, err
}

// corrector is one correction under way in a transaction.
type corrector struct {
	office Stage
	tx     store.Tx
	rules  judging.Rules
	job    intakeJob // only its contest, rules and numbering are used
	stage  records.Progress
	act    judging.Revision // what all revisions of it have in common
	done   []CorrectedWork
	met    map[judging.WorkID]bool
}

func (o Stage) beginCorrection(tx store.Tx, reason string) (*corrector, error) {
	k := &corrector{office: o, tx: tx, met: map[judging.WorkID]bool{}}
	var err error
	if k.job.contest, err = records.LoadContest(tx); err != nil {
		return nil, err
	}
	if k.rules, err = records.LoadRules(tx); err != nil {
		return nil, err
	}
	if k.stage, err = records.LoadProgress(tx); err != nil {
		return nil, err
	}
	n, err := records.Last(tx, "correction")
	k.act = judging.Revision{
		Act:    judging.Serial("k", 3, n+1),
		At:     o.rec.Now().UTC(),
		By:     o.rec.Actor,
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
		if value, err = known(k.rules, field, value); err != nil {
			return err
		}
		if next, err = next.With(field, value); err != nil {
			return err
		}
	}
	return k.change(old, next, "")
}

// known returns the rules' name of a category or group, any other field as it is.
func known(rules judging.Rules, field, value string) (string, error) {
	switch {
	case field == "category":
		if name, ok := rules.MatchCategory(value); ok {
			return name, nil
		}
		return "", judging.Fail(judging.Invalid, "judges.unknown_category", judging.Args{"Value": value})
	case field == "group" && judging.Tidy(value) != "" && len(rules.Groups) > 0:
		if name, ok := rules.MatchGroup(value); ok {
			return name, nil
		}
		return "", judging.Fail(judging.Invalid, "correct.unknown_group", judging.Args{"Value": value})
	}
	return value, nil
}

// change writes a work's next state, if the stage allows each field that differs.
func (k *corrector) change(old, next judging.Work, undoes string) error {
	changes := old.Differences(next)
	if len(changes) == 0 {
		return nil
	}
	stage, err := k.stage.Of(k.tx, old)
	if err != nil {
		return err
	}
	if err := checkChange(stage, changes); err != nil {
		return err
	}
	if err := k.refuseTwin(old, next); err != nil {
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
	r := k.act
	r.Work, r.Changes, r.Undoes = next.ID, changes, undoes
	k.done = append(k.done, CorrectedWork{next.ID, next.Code, changes})
	return records.Revisions.Insert(k.tx, r)
}

// checkChange refuses what the stage does not allow.
func checkChange(stage judging.CorrectionStage, changes []judging.WorkChange) error {
	for _, c := range changes {
		if err := stage.Allows(c.Field); err != nil {
			return err
		}
	}
	return nil
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

// number gives a work of a new category its code.
func (k *corrector) number(w *judging.Work) error {
	fresh, err := startFresh(k.tx)
	if err != nil {
		return err
	}
	fresh.number(w, k.job.contest, k.rules)
	return fresh.save(k.tx)
}

// finish notes the act in the journal and says what follows from it.
func (k *corrector) finish(verb string) (CorrectionReport, error) {
	out := CorrectionReport{Works: []CorrectedWork{}, Look: []judging.WorkID{}, Reissue: []records.Document{}}
	if len(k.done) == 0 {
		return out, nil
	}
	if _, err := records.Take(k.tx, "correction", 1); err != nil {
		return out, err
	}
	out.Act, out.Works = k.act.Act, k.done
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
	if out.Reissue, err = records.DocumentsOf(k.tx, printed); err != nil {
		return out, err
	}
	before, after := gists(k.done)
	after["reason"] = k.act.Reason
	return out, k.office.rec.Log(k.tx, "works."+verb, k.act.Act, before, after)
}

// touches reports whether changes concern names that judges must not read, and what documents print.
func touches(changes []judging.WorkChange) (names, printed bool) {
	for _, c := range changes {
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

// UndoCorrection takes a correction back, the last one that holds where act is "": each field gets what it had before.
// Errors: NotFound, Clash where a field was changed again since, Closed for what the stage no longer allows.
func (o Stage) UndoCorrection(ctx context.Context, act, reason string) (CorrectionReport, error) {
	var report CorrectionReport
	if reason = judging.Tidy(reason); reason == "" {
		return report, judging.Fail(judging.Invalid, "works.needs_reason", nil)
	}
	o.rec.Importing.Lock()
	defer o.rec.Importing.Unlock()
	err := o.rec.Change(ctx, records.Correcting, func(tx store.Tx) error {
		list, err := actToUndo(tx, act)
		if err != nil {
			return err
		}
		k, err := o.beginCorrection(tx, reason)
		if err != nil {
			return err
		}
		for _, r := range list {
			if err := k.takeBack(r); err != nil {
				return err
			}
		}
		report, err = k.finish("correct-undo")
		return err
	})
	return report, err
}

// actToUndo lists the revisions of a correction that holds.
func actToUndo(tx store.Tx, act string) ([]judging.Revision, error) {
	n, err := records.Last(tx, "correction")
	if err != nil {
		return nil, err
	}
	names := []string{act}
	if act == "" {
		names = nil
		for i := n; i > 0; i-- {
			names = append(names, judging.Serial("k", 3, i))
		}
	}
	for _, name := range names {
		list, err := records.Collect(func(fn func(judging.Revision) error) error {
			return records.Revisions.By(tx, "act", name, fn)
		})
		if err != nil {
			return nil, err
		}
		if len(list) > 0 && name[0] == 'k' && list[0].Undone == "" && list[0].Undoes == "" {
			return list, nil
		}
	}
	return nil, judging.Fail(judging.NotFound, "correct.no_act", nil)
}

// takeBack gives the fields of a revision what they had before it.
func (k *corrector) takeBack(r judging.Revision) error {
	old, err := records.LoadWork(k.tx, r.Work)
	if err != nil {
		return err
	}
	next := old
	for _, c := range r.Changes {
		if old.Field(c.Field) != c.New {
			return judging.Fail(judging.Clash, "correct.changed_since", judging.Args{"Code": old.Code})
		}
		if next, err = next.With(c.Field, c.Old); err != nil {
			return err
		}
	}
	if err := k.change(old, next, r.Act); err != nil {
		return err
	}
	r.Undone = k.act.Act
	return records.Revisions.Put(k.tx, r)
}

// WorkHistory lists what was changed of a work's data since it came in, oldest first. Errors: NotFound.
func (o Stage) WorkHistory(ctx context.Context, work string) ([]judging.Revision, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Revision, error) {
		id, err := records.FindWork(tx, work)
		if err != nil {
			return nil, err
		}
		if _, err := records.LoadWork(tx, id); err != nil {
			return nil, err
		}
		return records.RevisionsOf(tx, id)
	})
}

// sinceImport is a revision that an import makes of a work.
func sinceImport(i judging.Intake, r revision) judging.Revision {
	changes := r.before.Differences(r.after)
	if a, b := r.before.Status, r.after.Status; a != b {
		changes = append(changes, judging.WorkChange{Field: "status", Old: string(a), New: string(b)})
	}
	return judging.Revision{
		Work:    r.after.ID,
		Act:     string(i.ID),
		At:      i.At,
		By:      i.By,
		Reason:  strings.Join(i.Sources, "、"),
		Changes: changes,
	}
}
