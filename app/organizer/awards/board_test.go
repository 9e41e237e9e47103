package awards

import (
	"strings"
	"testing"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
)

func openBoard(t *testing.T, o *office.Office) (*boardPage, *kittest.Shell) {
	t.Helper()
	sh := kittest.New(t)
	p := newBoardPage(sh, page.StagesOf(o), "书法/小学组")
	sh.Open(p)
	return p, sh
}

func TestTheBoardShowsSlotsCardsAndWhoComesNext(t *testing.T) {
	p, sh := openBoard(t, pagetest.Awarded(t, 30))
	columns := boardColumns(sh, p.now())
	if len(columns) != 5 || columns[0].Title != "一等奖" || columns[0].Places != 1 || len(columns[0].Cards) != 1 {
		t.Fatalf("%+v", columns)
	}
	rest := columns[4]
	if rest.Key != columnRest || rest.Cards[0].State != sh.T("awardboard.next", nil) {
		t.Errorf("%+v", rest.Cards[0])
	}
}

func TestDraggingACardToAnAwardWantsAReasonAndWaitsForTheDeciding(t *testing.T) {
	o := pagetest.Awarded(t, 30)
	p, sh := openBoard(t, o)
	last := p.now().Rest[len(p.now().Rest)-1]
	p.onMove(string(last.Work), "一等奖")
	q := sh.Asked[len(sh.Asked)-1]
	if err := q.Do(); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("ruled without a reason: %v", err)
	}
	kittest.All[*field.Text](q.Content)[0].Entry().SetText("评委会复议")
	if err := q.Do(); err != nil {
		t.Fatal(err)
	}
	if p.data.Pending == 0 || p.now().Slots[0].Works[0].Work != last.Work {
		t.Errorf("pending %d, first %+v", p.data.Pending, p.now().Slots[0].Works)
	}
	p.onDecide()
	if err := sh.Asked[len(sh.Asked)-1].Do(); err != nil {
		t.Fatal(err)
	}
	awards, _ := o.Awards().ListAwards(t.Context())
	found := false
	for _, a := range awards {
		found = found || a.Work == last.Work && a.DecidedBy == "override"
	}
	if !found || p.data.Pending != 0 {
		t.Error("the ruling did not count")
	}
}

func TestABoardWithoutScoresSaysWhatToDo(t *testing.T) {
	sh := kittest.New(t)
	root := sh.Open(newBoardPage(sh, page.StagesOf(pagetest.WithPlan(t, 6)), ""))
	if !kittest.Shows(root, sh.T("app.results_empty", nil)) {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestTheNoticePageRunsFromBeginToAnswer(t *testing.T) {
	o := pagetest.Awarded(t, 12)
	sh, p, root := openNotice(t, o)
	kittest.Tap(t, root, sh.T("noticepage.begin", nil))
	if err := sh.Asked[0].Do(); err != nil {
		t.Fatal(err)
	}
	if p.data.Notice != nil || len(sh.Asked) != 2 || sh.Asked[1].Check == "" {
		t.Fatalf("disputed works are passed over without a tick: %+v", p.data)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if p.data.Notice == nil || p.data.Notice.Days != 5 {
		t.Fatalf("%+v", p.data)
	}
	if _, err := o.Notices().FileObjection(t.Context(), "w000001", "与往年作品雷同", "李先生"); err != nil {
		t.Fatal(err)
	}
	p.Load()
	for _, want := range []string{"与往年作品雷同", sh.T("noticepage.objections_open", judging.Args{"N": 1})} {
		if !strings.Contains(strings.Join(kittest.Texts(root), "\n"), want[:12]) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	if strings.Contains(strings.Join(kittest.Texts(root), ""), "李先生") {
		t.Error("the page tells who objected")
	}
}

func TestTheQueueOfDisputesSaysWhenTheRulesSetNoLimit(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Scored(t, 12)
	if _, err := o.RuleBook().LoadRules(
		t.Context(), strings.NewReader(strings.Replace(string(rubrics.LegalCulture), "range = 20", "range = 0", 1)),
		true,
	); err != nil {
		t.Fatal(err)
	}
	root := sh.Open(newDisputesPage(sh, page.StagesOf(o)))
	if !kittest.Shows(root, sh.T("disputes.none", nil)) || !kittest.Shows(root, sh.T("disputes.influence", nil)) {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestTheNoticeFormTellsWhenItEnds(t *testing.T) {
	sh := kittest.New(t)
	f := newNoticeForm(sh)
	root := sh.Put(f.whole)
	f.from.Entry().SetText("2026-09-28")
	f.holidays.Entry().SetText("2026-10-01，2026-10-02")
	want := "到 2026年10月6日（含当天）"
	if !kittest.Shows(root, want) {
		t.Errorf("want %q, shown %q", want, kittest.Texts(root))
	}
	f.from.Entry().SetText("２０２６年９月２８号")
	if !kittest.Shows(root, want) {
		t.Errorf("written as people do: %q", kittest.Texts(root))
	}
	f.from.Entry().SetText("九月28")
	if !kittest.Shows(root, "九月28") || kittest.Shows(root, "2026年10月6日") {
		t.Errorf("not a date: %q", kittest.Texts(root))
	}
}
