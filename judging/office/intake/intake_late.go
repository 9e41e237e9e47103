package intake

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/identity"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
	"fayi/judging/text"
)

// loadStage reads how far the contest has come, and by which names units go. Errors: Closed when the awards are final,
// or when works of a published plan would be withdrawn.
func (in *intakeJob) loadStage(tx store.Tx) error {
	var err error
	if in.names, err = records.LoadUnitNames(tx); err != nil {
		return err
	}
	if in.stage, err = revisions.LoadProgress(tx); err != nil {
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
	return revisions.EachScoredWork(tx, func(w judging.WorkID) { in.scored[w] = true })
}

// stillOpen refuses to end an import whose contest has moved on while it ran, so that no row slips in that would be
// refused now. Errors: Clash.
func (in *intakeJob) stillOpen(tx store.Tx) error {
	now, err := revisions.LoadProgress(tx)
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
	before map[judging.WorkID][]judging.Revision // corrections that hold
}

// loadKin reads the works that count, with how their lists wrote them before corrections.
func loadKin(tx store.Tx, live records.LiveIntakes, merge bool) (*identity.Index, kin, error) {
	k := kin{titles: map[string][]judging.Work{}, before: map[judging.WorkID][]judging.Revision{}}
	index := identity.New(merge)
	if len(live) == 0 {
		return index, k, nil
	}
	err := revisions.Table.Each(tx, func(r judging.Revision) error {
		if r.Act[0] == 'k' && r.Undone == "" && r.Undoes == "" {
			k.before[r.Work] = append(k.before[r.Work], r)
		}
		return nil
	})
	if err != nil {
		return index, k, err
	}
	return index, k, records.Works.Each(tx, func(r records.WorkRecord) error {
		w, ok := live.Now(r)
		if !ok {
			return nil
		}
		title := judging.Fold(w.Title)
		k.titles[title] = append(k.titles[title], w)
		index.Add(w, wrote(w, k.before[w.ID])...)
		return nil
	})
}

// wrote lists how a work was written before each of its corrections and before all of them.
func wrote(w judging.Work, corrections []judging.Revision) []judging.Work {
	var out []judging.Work
	all := w
	for _, r := range slices.Backward(corrections) {
		one := w
		for _, c := range r.Changes {
			all, _ = all.With(c.Field, c.Old) // an error leaves the field as it is
			one, _ = one.With(c.Field, c.Old)
		}
		out = append(out, one, all)
	}
	return out
}

// like says that a new row agrees with a work in category, title and authors: it may be the same work sent twice.
func (in *intakeJob) like(w judging.Work) *judging.Problem {
	old, how := in.known.Like(w)
	if how == identity.Twin {
		in.report.Alike++
	}
	switch {
	case how == identity.Unlike, slices.Contains(in.req.Leave, judging.RowAccepted): // no new works are taken
		return nil
	case how != identity.LikeKnown:
		return &judging.Problem{Place: w.Source, Text: "import.like_row", Args: judging.Args{
			"Row": old.Source.Row, "Sheet": old.Source.Sheet, "File": old.Source.File,
		}}
	}
	return &judging.Problem{Place: w.Source, Text: "import.like_same", Args: judging.Args{"Code": old.Code}}
}

// kinOf finds the work that a row may mean though its key is another. Before judges have works, such a row is a new
// work and is said to look like another; after, and where only changed rows are wanted, it is a change, or refused
// where it is unclear which.
func (in *intakeJob) kinOf(w judging.Work) (judging.Work, bool, *judging.Problem) {
	var found []judging.Work
	onlyChanges := slices.Contains(in.req.Leave, judging.RowAccepted)
	key := "import.like_author"
	for _, old := range in.kin.titles[judging.Fold(w.Title)] {
		sameAuthors := identity.SameNames(old.Authors, w.Authors)
		switch {
		case sameAuthors && old.Category == w.Category && onlyChanges: // a person says that it is a change
			found = append(found, old)
		case sameAuthors && old.Category != w.Category && sameUnit(old, w):
			key = "import.like_category"
			found = append(found, old)
		case !sameAuthors && old.Category == w.Category && sameUnit(old, w) &&
			text.NearNames(old.Authors, w.Authors):
			found = append(found, old)
		}
	}
	if len(found) == 0 {
		return judging.Work{}, false, nil
	}
	told := &judging.Problem{Place: w.Source, Text: key, Args: judging.Args{"Code": found[0].Code}}
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
