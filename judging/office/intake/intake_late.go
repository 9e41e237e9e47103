package intake

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// loadStage reads how far the contest has come, and by which names units go. Errors: Closed when the awards are final, or when works of a
// published plan would be withdrawn.
func (in *intakeJob) loadStage(tx store.Tx) error {
	var err error
	if in.names, err = records.LoadUnitNames(tx); err != nil {
		return err
	}
	if in.stage, err = records.LoadProgress(tx); err != nil {
		return err
	}
	if in.stage.Final {
		return judging.Fail(judging.Closed, "notice.final", nil)
	}
	if in.stage.Begun() && len(in.req.Withdraw) > 0 {
		return judging.Fail(judging.Closed, "import.assigned", nil)
	}
	in.scored = map[judging.WorkID]bool{}
	if !in.stage.Begun() {
		return nil
	}
	return records.EachScoredWork(tx, func(w judging.WorkID) { in.scored[w] = true })
}

// stillOpen refuses to end an import whose contest has moved on while it ran, so that no row slips in that would be
// refused now. Errors: Clash.
func (in *intakeJob) stillOpen(tx store.Tx) error {
	now, err := records.LoadProgress(tx)
	if err != nil {
		return err
	}
	if now.Final || now.Begun() != in.stage.Begun() || now.RefuseLate() != in.stage.RefuseLate() {
		return judging.Fail(judging.Clash, "awards.changed_meanwhile", nil)
	}
	return nil
}

// kin finds works that a row of another file may mean: the same title by the same authors in another category, or of
// the same unit by an author written almost so.
type kin struct {
	titles map[string][]judging.Work             // title, folded -> works that count
	wrote  map[string]judging.WorkID             // key hash before a correction -> the work
	before map[judging.WorkID][]judging.Revision // corrections that hold
}

func loadKin(tx store.Tx, live records.LiveIntakes, any bool) (kin, error) {
	k := kin{
		titles: map[string][]judging.Work{},
		wrote:  map[string]judging.WorkID{},
		before: map[judging.WorkID][]judging.Revision{},
	}
	if !any {
		return k, nil
	}
	byID := map[judging.WorkID]judging.Work{}
	err := records.Works.Each(tx, func(r records.WorkRecord) error {
		if w, ok := live.Now(r); ok {
			title := judging.Fold(w.Title)
			byID[w.ID] = judging.Work{ID: w.ID, Title: w.Title, Category: w.Category, Authors: w.Authors, Unit: w.Unit}
			k.titles[title] = append(k.titles[title], w)
		}
		return nil
	})
	if err != nil {
		return k, err
	}
	return k, records.Revisions.Each(tx, func(r judging.Revision) error {
		w, known := byID[r.Work]
		if !known || r.Act[0] != 'k' || r.Undone != "" || r.Undoes != "" {
			return nil
		}
		k.before[r.Work] = append(k.before[r.Work], r)
		old := w
		for _, c := range r.Changes {
			if c.Field == "title" || c.Field == "authors" || c.Field == "category" {
				old, _ = old.With(c.Field, c.Old)
			}
		}
		if old.Key() != w.Key() {
			k.wrote[records.KeyHash(old.Key())] = r.Work
		}
		return nil
	})
}

// kinOf finds the work that a row may mean though its key is another. Before judges have works, such a row is a new
// work and is said to look like another; after, and where only changed rows are wanted, it is a change, or refused
// where it is unclear which.
func (in *intakeJob) kinOf(w judging.Work) (judging.Work, bool, *judging.Problem) {
	var found []judging.Work
	key := "import.like_author"
	for _, old := range in.kin.titles[judging.Fold(w.Title)] {
		sameAuthors := sameNames(old.Authors, w.Authors)
		switch {
		case sameAuthors && old.Category != w.Category && sameUnit(old, w):
			key = "import.like_category"
			found = append(found, old)
		case !sameAuthors && old.Category == w.Category && sameUnit(old, w) &&
			judging.NearNames(old.Authors, w.Authors):
			found = append(found, old)
		}
	}
	if len(found) == 0 {
		return judging.Work{}, false, nil
	}
	told := &judging.Problem{Place: w.Source, Text: key, Args: judging.Args{"Code": found[0].Code}}
	onlyChanges := slices.Contains(in.req.Leave, judging.RowAccepted)
	onlyNew := slices.Contains(in.req.Leave, judging.RowChanged)
	switch {
	case onlyChanges && len(found) == 1:
		return in.asHeld(found[0]), true, nil
	case onlyChanges:
		told.Text, told.Fatal = "import.like_several", true
	case in.stage.Begun() && !onlyNew:
		told.Fatal = true
	case key == "import.like_author":
		return judging.Work{}, false, nil // two pupils of one school may well be called almost the same
	}
	return judging.Work{}, false, told
}

// asHeld returns a work as this intake has it by now.
func (in *intakeJob) asHeld(w judging.Work) judging.Work {
	if h, ok := in.fresh.held[w.ID]; ok {
		return h.work
	}
	if r, ok := in.revised[w.ID]; ok {
		return r.after
	}
	return w
}

func sameNames(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return judging.Fold(x) == judging.Fold(y) })
}

// sameUnit reports whether two works may come from one unit; a row that names none may come from any.
func sameUnit(a, b judging.Work) bool {
	return b.Unit == "" || judging.Fold(a.Unit) == judging.Fold(b.Unit)
}

// keepCorrected leaves out of a row what a correction has put right since: a list that still says the old does not
// bring the mistake back.
func (in *intakeJob) keepCorrected(old, row judging.Work, out *RowReport) judging.Work {
	kept := false
	for _, r := range in.kin.before[old.ID] {
		for _, c := range r.Changes {
			if row.Field(c.Field) == c.Old && old.Field(c.Field) == c.New && c.Old != "" {
				if fixed, err := row.With(c.Field, c.New); err == nil {
					row, kept = fixed, true
				}
			}
		}
	}
	if kept {
		out.Problems = append(out.Problems, judging.Problem{Place: row.Source, Text: "import.corrected_kept"})
	}
	return row
}

// refuses rejects a row for a reason, if there is one.
func (in *intakeJob) refuses(out *RowReport, key string) bool {
	if key == "" {
		return false
	}
	out.Problems = append(out.Problems, judging.Problem{Place: out.Place, Text: key, Fatal: true})
	return true
}

// refusesChange rejects a changed row whose change the stage does not allow any more.
func (in *intakeJob) refusesChange(old, next judging.Work, out *RowReport) bool {
	if !in.stage.Begun() {
		return false
	}
	err := judging.CorrectionStage{
		Shown:    in.stage.Shown,
		Planned:  in.stage.Judged[old.ID] || in.stage.Round > 1,
		Scored:   in.scored[old.ID],
		HasGroup: old.Group != "",
	}.AllowsAll(old.Differences(next))
	if err == nil {
		return false
	}
	out.Changes = nil
	return in.refuses(out, textOf(err))
}

// textOf returns the key of the sentence that tells an error.
func textOf(err error) string {
	if e, ok := err.(*judging.Error); ok {
		return e.Text
	}
	return "error.internal"
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
