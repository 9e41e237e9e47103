package office_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// looseOffice is an office whose rubrics let their last criterion not apply, with works and a published plan.
func looseOffice(t *testing.T, works int) *office.Office {
	t.Helper()
	o := newOffice(t)
	letOff(t, o)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, works)}})
	addJudges(t, o, 6)
	publish(t, o)
	return o
}

func letOff(t *testing.T, o *office.Office) {
	t.Helper()
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range r.Rubrics {
		r.Rubrics[i].Criteria = slices.Clone(n.Criteria)
		r.Rubrics[i].Criteria[len(n.Criteria)-1].Optional = true
	}
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
}

// without gives each criterion a share of its weight, but for the last, which does not apply; want is the total by
// hand.
func without(r judging.Rubric, share float64) (marks map[string]float64, want float64) {
	marks = fill(r, share)
	sum, of := 0.0, 0.0
	last := len(r.Criteria) - 1
	for _, c := range r.Criteria[:last] {
		sum, of = sum+marks[c.Name], of+c.Weight
	}
	marks[r.Criteria[last].Name] = terms.NotApplicable
	return marks, judging.Exact(sum * r.Scale / of).Float()
}

// TestEveryDoorTakesWhatDoesNotApply says the same of a work at the desk, in a packet, on a sheet and by a command, and
// wants the same to be kept.
func TestEveryDoorTakesWhatDoesNotApply(t *testing.T) {
	doors := map[string]func(o *office.Office, d judging.Duties, w judging.Duty, marks map[string]float64){
		"desk": func(o *office.Office, _ judging.Duties, w judging.Duty, marks map[string]float64) {
			b := judging.Ballot{Code: w.Code, Marks: marks}
			if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		},
		"packet": func(o *office.Office, _ judging.Duties, w judging.Duty, marks map[string]float64) {
			a := sendAway(t, o)
			kept, err := a.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: marks})
			if err != nil || kept.State != judging.Scored {
				t.Fatal(kept, err)
			}
			wantReport(t, takeIn(t, o, a.reply(), scoring.TakeNone), 1, 0, 0)
		},
		"sheet": func(o *office.Office, d judging.Duties, w judging.Duty, marks map[string]float64) {
			path := filled(t, o, sheetOf(t, o), "填好.xlsx", func(p *pen) {
				for name, mark := range marks {
					if mark == terms.NotApplicable {
						p.put(w, name, "不适用")
					} else {
						p.put(w, name, mark)
					}
				}
			})
			if r := collect(t, o, collecting.Options{}, path).Files[0]; len(r.Changed) != 1 || len(r.Problems) > 0 {
				t.Fatalf("%+v", r)
			}
		},
		"typed": func(o *office.Office, _ judging.Duties, w judging.Duty, marks map[string]float64) {
			id := workCoded(t, o, w.Code)
			if _, err := o.Scoring().EnterScore(
				t.Context(), "j001", string(id), judging.Ballot{Marks: marks}, scoring.TakeNone, false,
			); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, door := range doors {
		o := looseOffice(t, 12)
		d := firstDuty(t, o, "j001")
		w := d.Works[0]
		marks, want := without(d.Rubrics[w.Category], 0.8)
		door(o, d, w, marks)
		got, err := o.Scoring().Desk("j001").Load(t.Context(), w.Code)
		same := got.Total == want && fmt.Sprint(got.Marks) == fmt.Sprint(marks)
		if err != nil || got.State != judging.Scored || !same {
			t.Errorf("%s: %+v, %v; want %v of %v", name, got, err, want, marks)
		}
		if r, err := o.CheckContest(t.Context(), "", nil); err != nil || len(r.WrongTotals) > 0 {
			t.Errorf("%s: %v %v", name, r.WrongTotals, err)
		}
	}
}

func workCoded(t *testing.T, o *office.Office, code judging.WorkCode) judging.WorkID {
	t.Helper()
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(works, func(w judging.Work) bool { return w.Code == code })
	return works[i].ID
}

// TestWhatMustBeMarkedIsRefusedAtEveryDoor says of the first criterion that it does not apply.
func TestWhatMustBeMarkedIsRefusedAtEveryDoor(t *testing.T) {
	o := looseOffice(t, 12)
	d := firstDuty(t, o, "j001")
	w := d.Works[0]
	r := d.Rubrics[w.Category]
	marks := fill(r, 0.8)
	marks[r.Criteria[0].Name] = terms.NotApplicable
	_, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{Code: w.Code, Marks: marks})
	wantCode(t, err, judging.Invalid, "score.must_apply")
	_, err = sendAway(t, o).Save(t.Context(), judging.Ballot{Code: w.Code, Marks: marks})
	wantCode(t, err, judging.Invalid, "score.must_apply")
	path := filled(t, o, sheetOf(t, o), "填错.xlsx", func(p *pen) {
		p.mark(w, 0.8)
		p.put(w, r.Criteria[0].Name, "不适用")
	})
	report := collect(t, o, collecting.Options{}, path).Files[0]
	if len(report.Problems) != 1 || report.Problems[0].Text != "score.must_apply" || report.Problems[0].Column == "" {
		t.Errorf("%+v", report.Problems)
	}
	if got, err := o.Scoring().Desk("j001").Load(t.Context(), w.Code); err != nil || got.State != judging.Open {
		t.Errorf("kept %+v, %v", got, err)
	}
}

// TestWhatDoesNotApplyIsToldOfAPlace scores all works, some without the last criterion, and looks at what the
// explanation says and what the check of the contest finds.
func TestWhatDoesNotApplyIsToldOfAPlace(t *testing.T) {
	o := looseOffice(t, 12)
	judges, _ := o.Assignment().Judges(t.Context())
	var off judging.WorkCode
	for i, j := range judges {
		d := firstDuty(t, o, j.ID)
		for k, w := range d.Works {
			marks, _ := without(d.Rubrics[w.Category], 0.7+0.02*float64((i+k)%13))
			if off == "" {
				off = w.Code
			}
			if (i+k)%2 == 1 && w.Code != off {
				marks = fill(d.Rubrics[w.Category], 0.7+0.02*float64((i+k)%13))
			}
			b := judging.Ballot{Code: w.Code, Marks: marks}
			if _, err := o.Scoring().Desk(j.ID).Save(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.Scoring().SubmitScores(t.Context(), j.ID); err != nil {
			t.Fatal(err)
		}
	}
	e, err := o.Awards().ExplainWork(t.Context(), string(workCoded(t, o, off)))
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, r := range e.Sentences {
		text := words(t)(r.Text, r.Args)
		if r.Text == "analysis.say_not_applicable" {
			told++
		}
		if strings.Contains(text, "-1") || strings.Contains(text, "<no value>") {
			t.Errorf("%s: %s", r.Text, text)
		}
		if r.Text == "analysis.say_score" && !strings.Contains(text, ") × 100 ÷ ") {
			t.Errorf("the sum is not told: %s", text)
		}
	}
	if told != len(e.Judges) || told == 0 {
		t.Errorf("told of %d judges of %d", told, len(e.Judges))
	}
	path := filepath.Join(t.TempDir(), "矩阵.xlsx")
	if _, err := o.Results().ReportMatrix(t.Context(), path, false, words(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil || len(rows) < 12 {
		t.Fatal(rows, err)
	}
	if r, err := o.CheckContest(t.Context(), "", nil); err != nil || !r.OK {
		t.Errorf("%+v %v", r, err)
	}
}

// Rules with what need not apply survive export and loading, are said on the sheet of rules, and are of a version that
// programs refuse which know nothing of it.
func TestRulesWithWhatNeedNotApply(t *testing.T) {
	cfg := config(t)
	plain, err := rules.ParseRules(bytes.NewReader(loosely(t)))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", plain)
	if err != nil {
		t.Fatal(err)
	}
	older := store.NewTable("rules", 5, func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) })
	err = cfg.DB.View(t.Context(), func(tx store.Tx) error {
		_, err := older.Get(tx, judging.Serial("v", 6, 1))
		return err
	})
	wantCode(t, err, judging.Corrupt, "store.newer_format")
	kept, err := o.Rules(t.Context())
	if err != nil || !kept.Optional() {
		t.Errorf("%+v %v", kept, err)
	}
	path := filepath.Join(t.TempDir(), "规则.xlsx")
	if _, err := o.RuleBook().ReportRules(t.Context(), path, words(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if n := kept.Rubrics[0]; err != nil ||
		!strings.Contains(fmt.Sprint(rows), "“"+n.Criteria[len(n.Criteria)-1].Name+"”不适用于某件作品时") {
		t.Errorf("the sheet of rules does not say it: %v %v", rows, err)
	}
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if again, err := rules.ParseRules(&b); err != nil || again.Hash() != plain.Hash() {
		t.Errorf("%v", err)
	}
}

func loosely(t *testing.T) []byte {
	t.Helper()
	o := newOffice(t)
	letOff(t, o)
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
