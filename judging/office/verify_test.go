package office_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/doubleentry"
	"fayi/judging/office/scoring"
)

// collected is a contest in which j001's list came filled in a sheet.
func collected(t *testing.T) (*office.Office, judging.Duties, string) {
	t.Helper()
	o := published(t, 12)
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "j001", words(t))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%v %v", paths, err)
	}
	fillSheet(t, paths[0], firstDuty(t, o, "j001"))
	if _, err := collectFile(t, o, paths[0], scoring.TakeNone); err != nil {
		t.Fatal(err)
	}
	return o, firstDuty(t, o, "j001"), paths[0]
}

// verifications by code.
func verifications(t *testing.T, o *office.Office) map[judging.WorkCode]doubleentry.Verification {
	t.Helper()
	all, err := o.DoubleEntry().Verifications(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[judging.WorkCode]doubleentry.Verification{}
	for _, v := range all {
		out[v.Code] = v
	}
	return out
}

func wantVerified(t *testing.T, o *office.Office, done int) {
	t.Helper()
	p, err := o.Scoring().Progress(t.Context())
	if err != nil || p.Verify.Done != done {
		t.Errorf("verified %+v, want %d: %v", p.Verify, done, err)
	}
}

// lowerMark takes a point off the first mark of a work in a filled sheet.
func lowerMark(t *testing.T, path string, w judging.Duty) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		column := -1
		for r, row := range rows {
			for c, cell := range row {
				if column < 0 && strings.Contains(cell, "0–") {
					column = c
				}
			}
			if column < 0 || !slices.Contains(row, string(w.Code)) {
				continue
			}
			v, err := strconv.ParseFloat(row[column], 64)
			at, _ := excelize.CoordinatesToCellName(column+1, r+1)
			if err := errors.Join(err, f.SetCellValue(name, at, v-1), f.Save()); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("%s is not in the sheet", w.Code)
}

func TestATypedScoreIsHiddenUntilItIsTypedAgain(t *testing.T) {
	o, d, _ := collected(t)
	if _, err := o.Scoring().Desk("j002").Save(t.Context(), judging.Ballot{
		Code:  firstDuty(t, o, "j002").Works[0].Code,
		Total: 80,
	}); err != nil {
		t.Fatal(err) // at the desk: nobody typed it for them
	}
	all := verifications(t, o)
	if len(all) != len(d.Works) {
		t.Fatalf("%d to verify of %d", len(all), len(d.Works))
	}
	for _, v := range all {
		if v.State != doubleentry.VerifyWaiting || v.First != 0 || v.Second != 0 || v.Judge != "j001" {
			t.Errorf("before anything was typed: %+v", v)
		}
	}
	wantVerified(t, o, 0)
	w := d.Works[0]
	v, err := o.DoubleEntry().VerifyScore(t.Context(), "j001", string(w.Code), w.Total, " 李四 ")
	if err != nil || v.State != doubleentry.VerifyEqual || v.By != "李四" || v.At.IsZero() {
		t.Fatalf("%+v, %v", v, err)
	}
	wantVerified(t, o, 1)
}

func TestADifferenceIsConfirmedWithAReasonOrCorrectedByTheSheet(t *testing.T) {
	o, d, path := collected(t)
	a, b := d.Works[0], d.Works[1]
	for _, w := range []judging.Duty{a, b} {
		v, err := o.DoubleEntry().VerifyScore(t.Context(), "j001", string(w.Code), w.Total-1, "李四")
		if err != nil || v.State != doubleentry.VerifyDiffers || v.First != w.Total || v.Second != w.Total-1 {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	_, err := o.DoubleEntry().VerifyScore(t.Context(), "j001", string(a.Code), a.Total, "李四") // they know it by now
	wantCode(t, err, judging.Clash, "verify.typed")
	wantCode(
		t, o.DoubleEntry().ConfirmScore(t.Context(), "j001", string(a.Code), "王五", " "), judging.Invalid,
		"closing.needs_reason",
	)
	wantCode(
		t, o.DoubleEntry().ConfirmScore(t.Context(), "j001", string(a.Code), "", "看错行"), judging.Invalid,
		"verify.needs_name",
	)
	if err := o.DoubleEntry().ConfirmScore(t.Context(), "j001", string(a.Code), "王五", "看错行"); err != nil {
		t.Fatal(err)
	}
	wantCode(
		t, o.DoubleEntry().ConfirmScore(t.Context(), "j001", string(a.Code), "王五", "再一次"), judging.Clash,
		"verify.no_difference",
	)
	if v := verifications(t, o)[a.Code]; v.State != doubleentry.VerifyConfirmed || v.Reason != "看错行" {
		t.Errorf("%+v", v)
	}

	lowerMark(t, path, b)
	if r, err := collectFile(t, o, path, scoring.TakeSheet); err != nil || len(r.Changed) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if v := verifications(t, o)[b.Code]; v.State != doubleentry.VerifyEqual || v.First != b.Total-1 {
		t.Errorf("after the sheet was corrected: %+v", v)
	}
	lowerMark(t, path, a)
	if _, err := collectFile(t, o, path, scoring.TakeSheet); err != nil {
		t.Fatal(err)
	}
	if v := verifications(t, o)[a.Code]; v.State != doubleentry.VerifyEqual {
		t.Errorf("corrected after all: %+v", v)
	}
	lowerMark(t, path, a)
	if _, err := collectFile(t, o, path, scoring.TakeSheet); err != nil {
		t.Fatal(err)
	}
	if v := verifications(t, o)[a.Code]; v.State != doubleentry.VerifyWaiting || v.First != 0 {
		t.Errorf("another total waits anew: %+v", v)
	}
}

func TestOnlyPossibleTotalsOfTypedScoresAreVerified(t *testing.T) {
	o, d, _ := collected(t)
	code := string(d.Works[0].Code)
	for _, c := range []struct {
		judge judging.JudgeID
		work  string
		total float64
		by    string
		code  judging.Code
		text  string
	}{
		{"j001", code, 80, " ", judging.Invalid, "verify.needs_name"},
		{"j001", code, 101, "李四", judging.Invalid, "verify.impossible"},
		{"j001", code, -1, "李四", judging.Invalid, "verify.impossible"},
		{"j003", code, 80, "李四", judging.NotFound, "verify.none"},
	} {
		_, err := o.DoubleEntry().VerifyScore(t.Context(), c.judge, c.work, c.total, c.by)
		wantCode(t, err, c.code, c.text)
	}
}

func TestAListOfTotalsIsVerifiedAtOnceAndReadTwiceIsNothingNew(t *testing.T) {
	o, d, _ := collected(t)
	var list strings.Builder
	list.WriteString("作品编号,总分\n")
	for i, w := range d.Works {
		total := judging.Exact(w.Total)
		if i == 1 {
			total = judging.Exact(w.Total + 0.5)
		}
		list.WriteString(string(w.Code) + "," + total.String() + "\n")
	}
	list.WriteString("XX-9999,80\n" + string(d.Works[0].Code) + ",八十\n")
	path := filepath.Join(t.TempDir(), "总分.csv")
	if err := os.WriteFile(path, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := o.DoubleEntry().VerifyScores(t.Context(), "j001", path, "李四")
		if err != nil || r.Read != len(d.Works) || r.Equal != len(d.Works)-1 || len(r.Differs) != 1 ||
			len(r.Problems) != 2 {
			t.Fatalf("%+v, %v", r, err)
		}
		if sum := r.Sheets.Sum(); sum.Rows != len(d.Works)+3 || sum.Taken != r.Read || sum.Refused != 2 {
			t.Errorf("%+v", r.Sheets)
		}
	}
	entries, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range entries {
		if e.Verb == "scores.verify" {
			n++
		}
	}
	if n != len(d.Works) {
		t.Errorf("%d entries of the journal for %d totals", n, len(d.Works))
	}
	bad := filepath.Join(t.TempDir(), "别的.csv")
	if err := os.WriteFile(bad, []byte("姓名,电话\n甲,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = o.DoubleEntry().VerifyScores(t.Context(), "j001", bad, "李四")
	wantCode(t, err, judging.Invalid, "verify.no_columns")
}
