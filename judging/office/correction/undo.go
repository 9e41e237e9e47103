package correction

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// Act is one act of correcting, however many works it touched.
type Act struct {
	Act    string    `json:"act"` // "k003"
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason,omitempty"`
	Works  int       `json:"works"`
	Fields []string  `json:"fields"` // that it changed, in the order of judging.CorrectableFields
	Undoes string    `json:"undoes,omitempty"`
	Undone string    `json:"undone,omitempty"` // the act by which it was taken back, or made again
	Redoes string    `json:"redoes,omitempty"`

	changes []judging.Revision
}

// Acts are all acts of correcting, with those that the next undo and redo mean.
type Acts struct {
	Acts []Act  `json:"acts"` // newest first
	Undo string `json:"undo"` // "" where there is nothing to take back
	Redo string `json:"redo"` // the undo that would be taken back; "" where there is none
}

// ListCorrections lists what was put right, newest first.
func (o Stage) ListCorrections(ctx context.Context) (Acts, error) {
	return records.View(ctx, o.rec.DB, loadActs)
}

func loadActs(tx store.Tx) (Acts, error) {
	out := Acts{Acts: []Act{}}
	n, err := records.Last(tx, "correction")
	if err != nil {
		return out, err
	}
	for i := n; i > 0; i-- {
		a := Act{Act: judging.Serial("k", 3, i), Fields: []string{}}
		err := revisions.Table.By(tx, "act", a.Act, func(r judging.Revision) error {
			a.add(r)
			return nil
		})
		if err != nil {
			return out, err
		}
		slices.SortFunc(a.Fields, func(x, y string) int {
			return cmp.Compare(slices.Index(judging.CorrectableFields, x), slices.Index(judging.CorrectableFields, y))
		})
		if a.Works > 0 {
			out.Acts = append(out.Acts, a)
		}
	}
	out.Undo, out.Redo = nextUndo(out.Acts), nextRedo(out.Acts)
	return out, nil
}

// add takes the revision of one work into its act.
func (a *Act) add(r judging.Revision) {
	a.At, a.By, a.Reason, a.Undoes, a.Undone, a.Redoes = r.At, r.By, r.Reason, r.Undoes, r.Undone, r.Redoes
	a.Works++
	a.changes = append(a.changes, r)
	for _, c := range r.Changes {
		if !slices.Contains(a.Fields, c.Field) {
			a.Fields = append(a.Fields, c.Field)
		}
	}
}

// nextUndo is the newest act that holds.
func nextUndo(acts []Act) string {
	for _, a := range acts {
		if a.Undone == "" && a.Undoes == "" {
			return a.Act
		}
	}
	return ""
}

// nextRedo is the newest undo that holds and that no correction came after, other than what was made again.
func nextRedo(acts []Act) string {
	for _, a := range acts {
		switch {
		case a.Undoes != "" && a.Undone == "":
			return a.Act
		case a.Undoes == "" && a.Redoes == "" && a.Undone == "":
			return ""
		}
	}
	return ""
}

func (a Acts) find(name string) (Act, bool) {
	i := slices.IndexFunc(a.Acts, func(x Act) bool { return x.Act == name })
	if i < 0 {
		return Act{}, false
	}
	return a.Acts[i], true
}

// UndoCorrection takes a correction back, the last one that holds where act is "": each field gets what it had before.
// Errors: Invalid without a reason once judges have works, NotFound, Clash where a field was changed again since,
// Closed for what the stage no longer allows.
func (o Stage) UndoCorrection(ctx context.Context, name, reason string) (Report, error) {
	return act(ctx, o.rec, deed{"works", "correct-undo"}, reason, false, func(k *corrector) error {
		all, err := loadActs(k.tx)
		if err != nil {
			return err
		}
		a, ok := all.find(cmp.Or(name, all.Undo))
		if !ok || a.Undone != "" || a.Undoes != "" {
			return judging.Fail(judging.NotFound, "correct.no_act", nil)
		}
		mark := k.act
		mark.Undoes = a.Act
		if err := k.reverse(a, mark); err != nil {
			return err
		}
		k.of = a.Act
		return k.dropAliases(a.Act)
	})
}

// RedoCorrection makes the correction again that was taken back last, unless something else was corrected since.
// Errors: as of UndoCorrection.
func (o Stage) RedoCorrection(ctx context.Context, reason string) (Report, error) {
	return act(ctx, o.rec, deed{"works", "correct-redo"}, reason, false, func(k *corrector) error {
		all, err := loadActs(k.tx)
		if err != nil {
			return err
		}
		a, ok := all.find(all.Redo)
		if !ok {
			return judging.Fail(judging.NotFound, "correct.no_redo", nil)
		}
		mark := k.act
		mark.Redoes = a.Undoes
		if err := k.reverse(a, mark); err != nil {
			return err
		}
		k.of = a.Undoes
		return k.againAliases(a.Undoes)
	})
}

// reverse gives the fields of all works of an act what they had before it, as revisions like mark, and marks the act.
func (k *corrector) reverse(a Act, mark judging.Revision) error {
	for _, r := range a.changes {
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
		if err := k.change(old, next, mark); err != nil {
			return err
		}
		r.Undone = k.act.Act
		if err := revisions.Table.Put(k.tx, r); err != nil {
			return err
		}
	}
	return nil
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
		return revisions.Of(tx, id)
	})
}
