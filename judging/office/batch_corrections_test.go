package office_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

func pack(t *testing.T, o *office.Office, works ...judging.WorkID) report.BatchReport {
	t.Helper()
	r, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"), report.BatchRequest{
		To: superior.City, Works: works, Dir: filepath.Join(t.TempDir(), "out"),
	}, words(t), nil)
	must(t, err)
	return r
}

// changedAfter is a county that reported all its awards, after which one was revoked, one changed and one renamed,
// with the batch that says so.
func changedAfter(t *testing.T) (county *office.Office, first, second report.BatchReport, works [3]judging.Work) {
	t.Helper()
	county = rewarded(t, 15)
	first = pack(t, county)
	won, err := county.Awards().ListAwards(t.Context())
	must(t, err)
	for i := range works {
		works[i], err = county.Work(t.Context(), string(won[i].Work))
		must(t, err)
	}
	for i, u := range []award.Ruling{
		{Work: works[0].ID, Kind: award.RuleDisqualify, Reason: "抄袭"},
		{Work: works[1].ID, Kind: award.RuleGive, Award: "优秀奖", Reason: "改授"},
	} {
		if _, err := county.Awards().RuleAward(t.Context(), u); err != nil {
			t.Fatalf("ruling %d: %v", i, err)
		}
	}
	_, err = county.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	correct(t, county, map[string]string{"authors": "张壹", "title": "新的名称"}, string(works[2].ID))
	return county, first, pack(t, county), works
}

func TestABatchAfterAChangeCorrectsWhatWasReported(t *testing.T) {
	county, first, second, works := changedAfter(t)
	won, err := county.Awards().ListAwards(t.Context())
	must(t, err)
	now := map[judging.WorkID]string{}
	for _, a := range won {
		now[a.Work] = a.Award
	}
	of := map[judging.WorkID]superior.Correction{}
	for _, c := range second.Corrections {
		of[c.Work] = c
		if c.Batch != first.Batch || c.Kind != superior.Renamed && c.Before.Award == c.Now.Award ||
			c.Now.Award != now[c.Work] {
			t.Errorf("%+v", c)
		}
	}
	if of[works[0].ID].Kind != superior.Revoked || of[works[1].ID].Now.Award != "优秀奖" ||
		of[works[2].ID].Now.Title != "新的名称" || of[works[2].ID].Before.Title != works[2].Title {
		t.Errorf("%+v", second.Corrections)
	}
	letter := unzipped(t, filepath.Join(second.Dir, intake.BatchLetterName), "word/document.xml")
	if !strings.Contains(letter, works[0].Title) || !strings.Contains(letter, "新的名称") {
		t.Error("the letter does not tell the corrections")
	}
	if bad, err := report.CheckBatch(t.Context(), second.Zip); err != nil || len(bad) > 0 {
		t.Errorf("%v %v", bad, err)
	}
	_, err = county.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"), report.BatchRequest{
		To: superior.City, Dir: filepath.Join(t.TempDir(), "out"),
	}, words(t), nil)
	wantCode(t, err, judging.Closed, "batch.nothing") // each correction goes out once
}

// unzipped reads one part of a zip.
func unzipped(t *testing.T, path, name string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	f, err := z.Open(name)
	must(t, err)
	defer f.Close()
	data, err := io.ReadAll(f)
	must(t, err)
	return string(data)
}

func TestTheOfficeAboveTakesCorrectionsAsSuch(t *testing.T) {
	county, first, second, works := changedAfter(t)
	city := newOffice(t)
	importAll(t, city, intake.ImportRequest{Sources: []string{first.Zip}})
	before, err := city.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	dry := importAll(t, city, intake.ImportRequest{Sources: []string{second.Zip}, DryRun: true})
	r := importAll(t, city, intake.ImportRequest{Sources: []string{second.Zip}})
	if r.Rejected != 0 || r.Changed != len(second.Corrections) || r.Accepted != len(second.Works) ||
		dry.RowTally != r.RowTally {
		t.Errorf("%+v, dry %+v: %d corrections, %d works", r.RowTally, dry.RowTally, len(second.Corrections),
			len(second.Works))
	}
	after, err := city.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	if len(after) != len(before)+len(second.Works) {
		t.Errorf("%d works became %d", len(before), len(after))
	}
	one := func(title string) judging.Work {
		i := slices.IndexFunc(after, func(w judging.Work) bool { return w.Title == title })
		if i < 0 {
			t.Fatalf("no %s above", title)
		}
		return after[i]
	}
	if w := one(works[0].Title); w.Status != judging.Withdrawn {
		t.Errorf("the revoked work is %s above", w.Status)
	}
	if w := one(works[1].Title); w.More["award"] != "优秀奖" {
		t.Errorf("%+v", w.More)
	}
	if w := one("新的名称"); w.Authors[0] != "张壹" || len(w.Files) != len(works[2].Files) {
		t.Errorf("%+v", w)
	}
	again := importAll(t, city, intake.ImportRequest{Sources: []string{second.Zip}})
	if again.Changed+again.Rejected+again.Accepted != 0 {
		t.Errorf("the same again: %+v %+v", again.RowTally, again.Rows)
	}
	_ = county
	stranger := newOffice(t)
	if r := importAll(t, stranger, intake.ImportRequest{Sources: []string{second.Zip}}); r.Rejected !=
		len(second.Corrections) {
		t.Errorf("corrections of works that never came: %+v", r.RowTally)
	}
}

func TestAWithdrawnBatchFreesItsWorksAndNotItsNumber(t *testing.T) {
	o := rewarded(t, 15)
	first := pack(t, o)
	_, err := o.Report().WithdrawBatch(t.Context(), "city-09", "没有")
	wantCode(t, err, judging.NotFound, "batch.missing")
	_, err = o.Report().WithdrawBatch(t.Context(), first.Batch, "")
	wantCode(t, err, judging.Invalid, "")
	_, err = o.Report().WithdrawBatch(t.Context(), first.Batch, "漏了附件")
	must(t, err)
	if c, err := o.ShowContest(t.Context()); err != nil || c.Batches != 0 {
		t.Errorf("a batch that was withdrawn counts as reported: %d, %v", c.Batches, err)
	}
	_, err = o.Report().WithdrawBatch(t.Context(), first.Batch, "再来")
	wantCode(t, err, judging.Closed, "batch.not_to_withdraw")
	second := pack(t, o)
	if second.Number != 2 || !slices.Equal(second.Works, first.Works) || len(second.Corrections) != 0 {
		t.Errorf("%+v", second)
	}
	list, err := o.Report().Batches(t.Context())
	must(t, err)
	if len(list) != 2 || list[0].Withdrawn == nil || list[0].Withdrawn.Reason != "漏了附件" || list[1].Withdrawn != nil {
		t.Errorf("%+v", list)
	}
}

func TestACorrectionInAWithdrawnBatchIsDueAgain(t *testing.T) {
	county, first, second, _ := changedAfter(t)
	_, err := county.Report().WithdrawBatch(t.Context(), first.Batch, "先撤旧的")
	wantCode(t, err, judging.Clash, "batch.corrected_later")
	_, err = county.Report().WithdrawBatch(t.Context(), second.Batch, "没发出")
	must(t, err)
	third := pack(t, county)
	if third.Number != 3 || len(third.Corrections) != len(second.Corrections) ||
		third.Corrections[0].Before.Title != second.Corrections[0].Before.Title {
		t.Errorf("%+v after %+v", third.Corrections, second.Corrections)
	}
}
