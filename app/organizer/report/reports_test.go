package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

func TestReportsWaitUntilThereIsSomethingToReport(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.NewContest(t)
	p := newReportsPage(sh, page.PapersOf(o), after(o))
	sh.Open(p)
	if !kittest.Shows(p.body, sh.T("reports.awards_waits", nil)) ||
		!kittest.Shows(p.body, sh.T("reports.rules_text", nil)) {
		t.Error(kittest.Texts(p.body))
	}
}

func TestEachReportIsWrittenWhereTheUserSays(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	p := newReportsPage(sh, page.PapersOf(o), after(o))
	sh.Open(p)
	dir := t.TempDir()
	for name, act := range map[string]func(){
		"a.xlsx": p.awards("city", ".xlsx"), "s.csv": p.statistics(".csv"), "m.xlsx": p.matrix(false),
		"r.pdf": p.rules(".pdf"), "w.xlsx": p.works,
	} {
		sh.Path = filepath.Join(dir, name)
		act()
		if info, err := os.Stat(sh.Path); err != nil || info.Size() < 100 {
			t.Errorf("%s is not written: %v", name, err)
		}
	}
	if last := sh.Told[len(sh.Told)-1]; last.Action != sh.T("reports.open", nil) {
		t.Errorf("told %+v", last)
	}
}

func TestCertificatesAreShownBeforeTheyArePrinted(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	p := newCertificatesPage(sh, page.PapersOf(o))
	sh.Open(p)
	if p.preview == nil || p.preview.Bounds().Dx() < 500 {
		t.Fatal("no certificate is shown")
	}
	sh.Path = filepath.Join(t.TempDir(), "证书.pdf")
	p.onPrint()
	if _, err := os.Stat(sh.Path); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(strings.TrimSuffix(sh.Path, ".pdf") + ".xlsx"); err != nil {
		t.Error(err)
	}
	p.verify("〔2026〕第0001号", "0000-0000-0000-0000")
	if last := sh.Told[len(sh.Told)-1]; last.Tone != look.Problem {
		t.Errorf("a forged code: %+v", last)
	}
}

func TestABatchIsPackedFromWhatIsTicked(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	if _, err := o.Report().SetSuperior(t.Context(), report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City, Total: 2},
	}); err != nil {
		t.Fatal(err)
	}
	p := newBatchesPage(sh, page.PapersOf(o), "")
	sh.Open(p)
	if n := len(p.chosen()); n != 2 {
		t.Fatalf("%d are ticked", n)
	}
	p.table.TickAll(true)
	p.onPack()
	if last := sh.Told[len(sh.Told)-1]; last.Tone != look.Problem {
		t.Errorf("beyond the quota: %+v", last)
	}
	for _, r := range p.table.Ticked()[1:] {
		p.table.Tick(string(r.Work), false)
	}
	sh.Path = t.TempDir()
	p.onPack()
	if err := sh.Answer(t); err != nil { // the summary
		t.Fatal(err)
	}
	if err := sh.Answer(t); err != nil { // there was no notice, and the works have no files
		t.Fatal(err)
	}
	list, err := o.Report().Batches(t.Context())
	if err != nil || len(list) != 1 || len(list[0].Works) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	p.Load()
	if p.data.plan.Number != 2 || len(p.chosen()) != 1 ||
		!kittest.Shows(p.body, sh.T("batches.before", judging.Args{"Batches": 1, "Works": 1})) {
		t.Errorf("after packing: number %d, %d chosen", p.data.plan.Number, len(p.chosen()))
	}
}

func TestQuotasAreTypedAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "书法=3 绘画=2": "书法=3 绘画=2", "书法：3，绘画:2、摄影＝0": "书法=3 摄影=0 绘画=2", "书法": "!", "书法=三": "!", "=3": "!",
		"书法=-1": "!",
	} {
		got, ok := parseQuotas(text)
		if s := quotaText(got); ok && s != want || !ok && want != "!" {
			t.Errorf("%q reads %q %v", text, s, ok)
		}
	}
}
