package office_test

import (
	"context"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/hints"
	"fayi/judging/office/intake"
	"fayi/judging/office/scoring"
)

// allScore has each of six judges score each of twelve works, as somebody who works apart from the others; the second
// judge gives what the first gave where copies says so.
func allScore(ctx context.Context, o *office.Office, copies bool) error {
	if err := reads(o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 6}, Seed: &seven,
	}, nil)); err != nil {
		return err
	}
	if err := reads(o.Assignment().PublishPlan(ctx, "")); err != nil {
		return err
	}
	judges, err := o.Assignment().Judges(ctx)
	if err != nil {
		return err
	}
	for i, j := range judges {
		if copies && i == 1 {
			i = 0
		}
		if err := scoreApart(ctx, o, j.ID, i); err != nil {
			return err
		}
		if err := o.Scoring().SubmitScores(ctx, j.ID); err != nil {
			return err
		}
	}
	return nil
}

// scoreApart has a judge score all works as the i-th who works apart.
func scoreApart(ctx context.Context, o *office.Office, judge judging.JudgeID, i int) error {
	d, err := o.Scoring().Desk(judge).Duties(ctx)
	if err != nil {
		return err
	}
	for _, w := range d.Works {
		k := 0
		for _, c := range w.Code {
			k = (k*31 + int(c)) % 1009
		}
		share := .6 + .02*float64(k%11) + .035*float64((i*7+k*(i+3))%7-3)
		b, err := o.Scoring().Desk(judge).Load(ctx, w.Code)
		if err != nil {
			return err
		}
		b.Marks = fill(d.Rubrics[w.Category], share)
		if _, err := o.Scoring().Desk(judge).Save(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func sixOnEach(t *testing.T, copies bool) *office.Office {
	t.Helper()
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	must(t, allScore(t.Context(), o, copies))
	return o
}

func hintsOf(t *testing.T, o *office.Office, kind hints.Kind) (out []hints.Hint) {
	t.Helper()
	all, err := o.Hints().List(t.Context())
	must(t, err)
	for _, h := range all {
		if h.Kind == kind {
			out = append(out, h)
		}
	}
	return out
}

func TestWhoCopiesIsAnOpenPointUntilSomebodyLooked(t *testing.T) {
	if all := hintsOf(t, sixOnEach(t, false), hints.Copy); len(all) > 0 {
		t.Errorf("nobody copied: %+v", all)
	}
	o := sixOnEach(t, true)
	all := hintsOf(t, o, hints.Copy)
	if len(all) != 1 || all[0].Judge != "j001" || all[0].Other != "j002" || len(all[0].Works) != 12 ||
		all[0].Equal != 12 || all[0].Points != 0 || all[0].Chance > .01 {
		t.Fatalf("%+v", all)
	}
	h := all[0]
	open := func() bool {
		points, err := o.OpenPoints(t.Context())
		must(t, err)
		return slices.ContainsFunc(points, func(p office.Point) bool { return p.Kind == "hints" && p.Count == 1 })
	}
	if !open() {
		t.Error("it is no open point")
	}
	wantCode(t, reads(o.Hints().Note(t.Context(), h.ID, " ")), judging.Invalid, "hints.needs_reason")
	wantCode(t, reads(o.Hints().Note(t.Context(), "h00000000", "看过")), judging.NotFound, "hints.none")
	must(t, reads(o.Hints().Note(t.Context(), h.ID, "两人坐在一起讨论过")))
	if got := hintsOf(t, o, hints.Copy); len(got) != 1 || got[0].Note == nil || got[0].Note.Reason != "两人坐在一起讨论过" {
		t.Errorf("%+v", got)
	}
	if open() {
		t.Error("it is open though somebody looked")
	}
	wantCode(t, o.Hints().Recall(t.Context(), h.ID, ""), judging.Invalid, "hints.needs_reason")
	must(t, o.Hints().Recall(t.Context(), h.ID, "要再看"))
	wantCode(t, o.Hints().Recall(t.Context(), h.ID, "要再看"), judging.NotFound, "hints.no_note")
	if !open() {
		t.Error("it is not open though the note was taken back")
	}
	entries, err := o.Journal(t.Context())
	must(t, err)
	var verbs []string
	for _, e := range entries {
		if e.Of == h.ID {
			verbs = append(verbs, e.Verb)
		}
	}
	slices.Sort(verbs)
	if !slices.Equal(verbs, []string{"hints.note", "hints.recall"}) {
		t.Errorf("the journal says %q", verbs)
	}
}

// Marks that came to another judge's later are named with when that was.
func TestMarksChangedToAnotherJudgesAreNamed(t *testing.T) {
	o := sixOnEach(t, false)
	must(t, o.Scoring().ReopenScores(t.Context(), "j002", "再看"))
	must(t, scoreApart(t.Context(), o, "j002", 0))
	must(t, o.Scoring().SubmitScores(t.Context(), "j002"))
	all := hintsOf(t, o, hints.Change)
	if len(all) != 1 || all[0].Judge != "j002" || all[0].Other != "j001" || all[0].Points != 0 || all[0].Before <= 0 ||
		all[0].Last.Before(*all[0].First) {
		t.Fatalf("%+v", all)
	}
}

// A judge who gives the works of one unit 12 points more is named with that unit, and nobody else is.
func TestAJudgeWhoFavoursAUnitIsNamed(t *testing.T) {
	o := published(t, 240)
	units := map[judging.WorkCode]string{}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	for _, w := range works {
		units[w.Code] = w.Unit
	}
	judges, err := o.Assignment().Judges(t.Context())
	must(t, err)
	for i, j := range judges {
		for k, w := range firstDuty(t, o, j.ID).Works {
			total := 70 + float64(int(w.Code[len(w.Code)-1]-'0')) + float64((k*7+i*3)%5)
			if i == 2 && units[w.Code] == "示例第3小学" {
				total += 12
			}
			_, err := o.Scoring().EnterScore(
				t.Context(), j.ID, string(w.Code), judging.Ballot{Total: total}, scoring.TakeNone, false,
			)
			must(t, err)
		}
	}
	all := hintsOf(t, o, hints.Favour)
	if len(all) != 1 || all[0].Judge != judges[2].ID || all[0].Unit != "示例第3小学" || all[0].Points < 6 {
		t.Errorf("%+v", all)
	}
}
