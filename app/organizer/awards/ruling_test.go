package awards

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

// filled writes into the first fields of the last question and returns the question.
func filled(t *testing.T, sh *kittest.Shell, texts ...string) kit.Question {
	t.Helper()
	q := sh.Asked[len(sh.Asked)-1]
	fields := kittest.All[*field.Text](sh.Put(q.Content))
	for i, text := range texts {
		fields[i].Entry().SetText(text)
	}
	return q
}

// openNotice shows the page over a contest.
func openNotice(t *testing.T, o *office.Office) (*kittest.Shell, *noticePage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *noticePage { return newNoticePage(sh, page.PapersOf(o)) })
}

func TestAWorkIsRuledOnFromItsMenuAndTheRulingTakenBack(t *testing.T) {
	p, sh := openBoard(t, pagetest.Awarded(t, 30))
	root := sh.Win.Content()
	first := p.now().Slots[0].Works[0]
	menu := func(word string) {
		t.Helper()
		p.onOpen(string(first.Work), fyne.NewPos(10, 10))
		kittest.TapText(t, kittest.Top(sh.Win), word)
	}
	menu(sh.T("fair.why", nil))
	if r := sh.Routes[len(sh.Routes)-1]; r.Kind != page.Explain || r.ID != string(first.Work) {
		t.Errorf("led to %+v", r)
	}
	menu(sh.T("awardboard.withhold", nil))
	q := filled(t, sh, "署名有争议")
	if err := q.Do(); err != nil || q.Danger {
		t.Fatal(err)
	}
	sh.Put(root)
	if len(p.data.Rulings) != 1 || p.data.Pending == 0 || !kittest.Shows(root, "署名有争议") {
		t.Fatalf("%+v: %q", p.data.Rulings, kittest.Texts(root))
	}
	kittest.Tap(t, root, sh.T("awardboard.recall", nil))
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("taken back without a reason: %v", err)
	}
	if err := filled(t, sh, "作者已说明").Do(); err != nil || len(p.data.Rulings) != 0 {
		t.Fatalf("%v %+v", err, p.data.Rulings)
	}
}

func TestACardDraggedAwayFromAwardsIsAskedForAsWhatItIs(t *testing.T) {
	p, sh := openBoard(t, pagetest.Awarded(t, 30))
	first := p.now().Slots[0].Works[0]
	p.onMove("w999999", columnOut)
	if len(sh.Asked) != 0 {
		t.Fatal("asked about a work that is not there")
	}
	p.onMove(string(first.Work), columnRest)
	p.onMove(string(first.Work), columnOut)
	if sh.Asked[0].Danger || !sh.Asked[1].Danger {
		t.Errorf("%+v", sh.Asked)
	}
	if err := filled(t, sh, "抄袭").Do(); err != nil {
		t.Fatal(err)
	}
	if _, prize, ok := findCard(p.now(), first.Work); !ok || prize != "" || len(p.now().Out) != 1 {
		t.Errorf("disqualified, it stands at %q: %+v", prize, p.now().Out)
	}
}

func TestAnObjectionIsRecordedAnsweredAndTheAwardsMadeFinal(t *testing.T) {
	o := pagetest.Awarded(t, 12)
	sh, p, root := openNotice(t, o)
	p.onBegin()
	form := sh.Put(sh.Asked[0].Content)
	kittest.All[*field.Day](form)[0].Entry().SetText("2026-04-20") // over by now
	kittest.All[*choice.Check](form)[0].SetChecked(true)           // it is meant
	for _, about := range []string{"the days", "the disputed works"} {
		if err := sh.Answer(t); err != nil {
			t.Fatal(about, err)
		}
	}
	sh.Put(root)
	p.onObject()
	if err := filled(t, sh, "w999999", "雷同").Do(); judging.CodeOf(err) != judging.NotFound {
		t.Fatalf("an objection to no work: %v", err)
	}
	if err := filled(t, sh, "w000001", "与往年作品雷同", "李先生").Do(); err != nil {
		t.Fatal(err)
	}
	sh.Put(root)
	kittest.Tap(t, root, sh.T("noticepage.finish", nil)) // there is an open objection
	if len(sh.Asked) != 3 {
		t.Fatal("awards could be made final over an open objection")
	}
	kittest.Tap(t, root, sh.T("noticepage.answer", nil))
	q := filled(t, sh, "查过，不雷同")
	if err := q.Do(); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("answered without a choice: %v", err)
	}
	kittest.All[*field.Choice](q.Content)[0].SetKey("dismiss")
	if err := q.Do(); err != nil {
		t.Fatal(err)
	}
	sh.Put(root)
	if !kittest.Shows(root, "查过，不雷同") || p.data.Open != 0 {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, sh.T("noticepage.finish", nil))
	if q := sh.Asked[len(sh.Asked)-1]; q.Check == "" || !q.Danger {
		t.Errorf("%+v", q)
	}
	if err := sh.Answer(t); err != nil || p.data.Notice.State != judging.Final {
		t.Fatalf("%v %+v", err, p.data.Notice)
	}
	asked := len(sh.Asked)
	kittest.Tap(t, root, sh.T("noticepage.object", nil))
	board, bsh := openBoard(t, o)
	board.onMove(string(board.now().Slots[0].Works[0].Work), columnOut)
	if len(sh.Asked) != asked || len(bsh.Asked) != 0 {
		t.Error("what is final can still be changed")
	}
}
