package report

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/letters"
)

// final is a contest whose awards are final.
func final(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.Awarded(t, 12)
	ctx := office.Ticking(t.Context(), "disputes", "unranked", "flags", "two_formulas", "no_files")
	days := awards.NoticeRequest{From: "2020-05-06", Days: 1, Past: true}
	if _, err := o.Notices().PublishAwards(ctx, days); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().FinalizeAwards(ctx); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestWhatFollowsTheAwardsIsMadeFromTheWindow(t *testing.T) {
	sh := kittest.New(t)
	o := final(t)
	p := newReportsPage(sh, page.PapersOf(o), after(o))
	sh.Open(p)
	dir := t.TempDir()
	sh.Path = dir
	p.onLetters()
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	all, err := o.Letters().WriteLetters(t.Context(), letters.Request{Dir: filepath.Join(dir, "again")}, sh.T)
	if err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadDir(filepath.Join(dir, page.FileName(p.data.Name+sh.T("reports.letters", nil))))
	if err != nil || len(made) != len(all.Letters) {
		t.Errorf("%d letters, of %d: %v", len(made), len(all.Letters), err)
	}
	sh.Path = filepath.Join(dir, "u.xlsx")
	p.onParticipation()
	if _, err := os.Stat(sh.Path); err != nil {
		t.Error(err)
	}
	sh.Path = filepath.Join(dir, "b.pdf")
	p.onShow(true)
	if err := sh.Answer(t); err != nil { // nobody agreed, and nothing was ticked: it says why
		t.Fatal(err)
	}
	if _, err := os.Stat(sh.Path); err == nil || len(sh.Errors) != 1 {
		t.Errorf("an album without consents was made: %v", sh.Errors)
	}
	sh.Path = dir
	p.onShow(false)
	for _, c := range kittest.All[*choice.Check](sh.Asked[len(sh.Asked)-1].Content) {
		c.SetChecked(true)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	name := page.FileName(p.data.Name + sh.T("reports.exhibition", nil))
	if _, err := os.Stat(filepath.Join(dir, name, "index.html")); err != nil || len(sh.Errors) != 1 {
		t.Errorf("%v, %v", err, sh.Errors)
	}
}

func TestTheOffersAfterTheAwardsLook(t *testing.T) {
	o := final(t)
	pagetest.Shots(t, "reports-after", func(sh kit.Shell) kit.Page {
		return newReportsPage(sh, page.PapersOf(o), after(o))
	})
}
