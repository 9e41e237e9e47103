package report

import (
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// overtaken is a contest with a printed certificate, a list and a batch, of which one work's title was put right since.
func overtaken(t *testing.T) (*office.Office, judging.WorkID) {
	t.Helper()
	o := pagetest.Awarded(t, 12)
	words := pagetest.Chinese(t).T
	req := report.CertificateRequest{Out: filepath.Join(t.TempDir(), "证书.pdf"), Anyway: true}
	if _, err := o.Report().PrintCertificates(t.Context(), req, words); err != nil {
		t.Fatal(err)
	}
	ctx := office.Ticking(t.Context(), "no_files", "notice_not_over")
	b, err := o.Report().PackBatch(ctx, report.BatchRequest{
		To: superior.City, Dir: filepath.Join(t.TempDir(), "一"),
	}, words, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return o, b.Works[0]
}

func TestDocumentsToMakeAgainAreListedAndLedTo(t *testing.T) {
	o, work := overtaken(t)
	sh := kittest.New(t)
	p := newDuePage(sh, page.PapersOf(o))
	root := sh.Open(p)
	if !kittest.Shows(root, "没有要重新出具的材料") || kittest.Shows(root, "去重新出具") || kittest.Shows(root, "0 份") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	correctTitle(t, o, work, "法治之光")
	p.Load()
	if !kittest.Shows(root, "2 份") || !kittest.Shows(root, "证书") || !kittest.Shows(root, "上报材料 第1批") ||
		!kittest.Shows(root, "更名") || !kittest.Shows(root, "标题有误") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "去重新出具")
	if len(sh.Routes) != 0 || sh.Told[len(sh.Told)-1].Text != "请先点选一份材料。" {
		t.Error("nothing was selected, and nothing said")
	}
	for _, d := range p.table.Rows() {
		p.look(d)
		if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "法治之光") || !strings.Contains(q.Text, "标题有误") {
			t.Errorf("%q", q.Text)
		}
		p.make(d)
	}
	if len(sh.Routes) != 2 || sh.Routes[0].Kind != page.Certificates || sh.Routes[1].Kind != page.Batches ||
		sh.Routes[1].Tab != "city" {
		t.Errorf("led to %+v", sh.Routes)
	}
	reports := sh.Open(newReportsPage(sh, page.PapersOf(o), after(o)))
	kittest.Tap(t, reports, "看清单")
	if r := sh.Routes[len(sh.Routes)-1]; r.Kind != page.Due {
		t.Errorf("led to %+v", r)
	}
}

func TestTheDocumentsToMakeAgainFit(t *testing.T) {
	o, work := overtaken(t)
	correctTitle(t, o, work, "社会主义核心价值观融入法治建设与乡村振兴主题书法长卷")
	pagetest.Shots(t, "due", func(sh kit.Shell) kit.Page { return newDuePage(sh, page.PapersOf(o)) })
	pagetest.Shots(t, "reports-due", func(sh kit.Shell) kit.Page {
		return newReportsPage(sh, page.PapersOf(o), after(o))
	})
}

func correctTitle(t *testing.T, o *office.Office, work judging.WorkID, title string) {
	t.Helper()
	if _, err := o.Corrections().CorrectWorks(t.Context(), correction.Correction{
		Works: []string{string(work)}, Set: map[string]string{"title": title}, Reason: "标题有误",
	}); err != nil {
		t.Fatal(err)
	}
}
