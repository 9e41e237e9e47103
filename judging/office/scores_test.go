package office_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/collecting"
	"fayi/judging/office/intake"
	"fayi/judging/office/scoring"
)

func firstDuty(t *testing.T, o *office.Office, judge judging.JudgeID) judging.Duties {
	t.Helper()
	d, err := o.Scoring().Desk(judge).Duties(t.Context())
	if err != nil || len(d.Works) == 0 {
		t.Fatalf("duties of %s: %v %v", judge, d, err)
	}
	return d
}

// fill gives each criterion of a rubric the same share of its weight.
func fill(r judging.Rubric, share float64) map[string]float64 {
	marks := map[string]float64{}
	for _, c := range r.Criteria {
		marks[c.Name] = float64(int(c.Weight * share))
	}
	return marks
}

func scoreAll(t *testing.T, o *office.Office) {
	t.Helper()
	judges, _ := o.Assignment().Judges(t.Context())
	for i, j := range judges {
		d := firstDuty(t, o, j.ID)
		for k, w := range d.Works {
			b := judging.Ballot{Code: w.Code, Marks: fill(d.Rubrics[w.Category], 0.7+0.02*float64((i+k)%13))}
			if _, err := o.Scoring().Desk(j.ID).Save(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.Scoring().SubmitScores(t.Context(), j.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingCanBeScoredBeforeAPlanIsPublished(t *testing.T) {
	o := newOffice(t)
	addJudges(t, o, 1)
	_, err := o.Scoring().EnterScore(t.Context(), "j001", "w000001", judging.Ballot{Total: 80}, scoring.TakeNone, false)
	wantCode(t, err, judging.Closed, "scores.no_plan")
	_, err = o.Scoring().ScoresStatus(t.Context())
	wantCode(t, err, judging.Closed, "scores.no_plan")
}

func TestHistoryKeepsEveryOlderValue(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	for _, share := range []float64{0.6, 0.8, 0.8, 0.7} {
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
			Code:  w.Code,
			Marks: fill(d.Rubrics[w.Category], share),
		}); err != nil {
			t.Fatal(err)
		}
	}
	history, err := o.Scoring().ScoreHistory(t.Context(), string(w.Code))
	if err != nil || len(history) != 1 || len(history[0].Versions) != 3 {
		t.Fatalf("%+v %v", history, err)
	}
	for i := 1; i < 3; i++ {
		if !history[0].Versions[i].At.After(history[0].Versions[i-1].At) {
			t.Error("versions out of order")
		}
	}
}

func TestAVoidScoreDoesNotCountAndStays(t *testing.T) {
	o := published(t, 12)
	scoreAll(t, o)
	d := firstDuty(t, o, "j002")
	code := string(d.Works[0].Code)
	wantCode(t, o.Scoring().VoidScore(t.Context(), "j002", code, " "), judging.Invalid, "scores.needs_reason")
	before, _ := o.Results().Rank(t.Context())
	if err := o.Scoring().VoidScore(t.Context(), "j002", code, "评委与作者是亲属"); err != nil {
		t.Fatal(err)
	}
	after, _ := o.Results().Rank(t.Context())
	scoresOf := func(list []judging.Placing) (n int) {
		for _, p := range list {
			n += p.Scores
		}
		return n
	}
	if scoresOf(after) != scoresOf(before)-1 {
		t.Fatalf("%d scores counted before, %d after", scoresOf(before), scoresOf(after))
	}
	history, _ := o.Scoring().ScoreHistory(t.Context(), code)
	for _, s := range history {
		if s.Judge == "j002" && (s.Void == "" || len(s.Versions) == 0) {
			t.Fatalf("void score lost: %+v", s)
		}
	}
}

func TestScoreSheetsGoOutAndComeBack(t *testing.T) {
	o := published(t, 12)
	dir := t.TempDir()
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), dir, "j001", words(t))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%v %v", paths, err)
	}
	d := firstDuty(t, o, "j001")
	fillSheet(t, paths[0], d)
	r, err := collectFile(t, o, paths[0], scoring.TakeNone)
	if err != nil || r.Read != len(d.Works) || len(r.Changed) != len(d.Works) || len(r.Problems) != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	again, err := collectFile(t, o, paths[0], scoring.TakeNone)
	if err != nil || again.Read != len(d.Works) || len(again.Changed) != 0 {
		t.Fatalf("again: %+v %v", again, err)
	}
	status, _ := o.Scoring().ScoresStatus(t.Context())
	if status.Judges[0].Done != len(d.Works) {
		t.Fatalf("%+v", status.Judges[0])
	}
}

// TestScoreSheetsAreCalledByTheirJudges has two judges of one name: each gets a file, and no file is called by a number
// of the program.
func TestScoreSheetsAreCalledByTheirJudges(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	for _, j := range [][2]string{{"王伟", "县文化馆"}, {"李静", "县文化馆"}, {"王伟", "教育局"}} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: j[0], Unit: j[1]}); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, o)
	dir := t.TempDir()
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), dir, "", words(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range paths {
		_, name, _ := strings.Cut(filepath.Base(p), "评分表-")
		got = append(got, name)
	}
	if want := []string{"王伟（县文化馆）.xlsx", "李静.xlsx", "王伟（教育局）.xlsx"}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	again, err := o.Scoring().WriteScoreSheets(t.Context(), dir, "j003", words(t))
	if err != nil || !slices.Equal(again, paths[2:]) {
		t.Errorf("one alone is called %q, %v; it was %q", again, err, paths[2])
	}
}

// collectFile collects one file and returns its report, with the refusal of the file as the error.
func collectFile(t *testing.T, o *office.Office, path string, take scoring.Take) (collecting.Report, error) {
	t.Helper()
	got, err := o.Collecting().CollectScores(t.Context(), []string{path}, collecting.Options{Take: take})
	if err != nil {
		t.Fatal(err)
	}
	return got.Files[0], got.Files[0].Err
}

// fillSheet types half of each criterion's weight into every mark cell, as a judge would.
func fillSheet(t *testing.T, path string, d judging.Duties) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	codes := map[string]judging.Duty{}
	for _, w := range d.Works {
		codes[string(w.Code)] = w
	}
	filled := 0
	for _, name := range f.GetSheetList() {
		rows, _ := f.GetRows(name)
		columns := map[int]float64{}
		for r, row := range rows {
			var work judging.Duty
			for _, cell := range row {
				if w, ok := codes[cell]; ok {
					work = w
				}
			}
			if work.Code == "" {
				for c, cell := range row {
					for _, rubric := range d.Rubrics {
						for _, k := range rubric.Criteria {
							if len(cell) >= len(k.Name) && cell[:len(k.Name)] == k.Name {
								columns[c] = float64(int(k.Weight / 2))
							}
						}
					}
				}
				continue
			}
			for c, v := range columns {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if err := f.SetCellValue(name, at, v); err != nil {
					t.Fatal(err)
				}
				filled++
			}
		}
	}
	if filled == 0 {
		t.Fatal("no mark cell found in the sheet")
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestASheetOfAnotherContestOrPlanIsRefused(t *testing.T) {
	o := published(t, 12)
	dir := t.TempDir()
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), dir, "j001", words(t))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(2)
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	_, err = collectFile(t, o, paths[0], scoring.TakeNone)
	wantCode(t, err, judging.Clash, "scores.other_plan")

	rehearsal, err := o.Rehearse(t.Context(), config(t), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := o.Scoring().WriteScoreSheets(t.Context(), filepath.Join(dir, "b"), "j001", words(t))
	if err != nil {
		t.Fatal(err)
	}
	_, err = collectFile(t, rehearsal, mine[0], scoring.TakeNone)
	wantCode(t, err, judging.Clash, "scores.other_contest")
	if err := os.WriteFile(mine[0], []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = collectFile(t, o, mine[0], scoring.TakeNone)
	wantCode(t, err, judging.Invalid, "")
}
