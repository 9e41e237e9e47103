package organizer

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestWaitingWorksAreReviewedByKeys(t *testing.T) {
	o := withCopies(t)
	sh := kittest.New(t)
	p := newReviewPage(sh, papersOf(o))
	root := sh.Open(p)
	press := func(k fyne.KeyName) {
		t.Helper()
		if !p.TypedKey(&fyne.KeyEvent{Name: k}) {
			t.Fatalf("%s is not used", k)
		}
		p.Load()
	}
	if !kittest.Shows(root, "待审 7 件") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	first, _ := p.table.Selected()
	press(fyne.KeyA)
	if w, _ := p.table.Selected(); len(p.all) != 6 || w.ID == first.ID {
		t.Fatalf("%d wait, %s selected after %s", len(p.all), w.ID, first.ID)
	}
	second, _ := p.table.Selected()
	press(fyne.KeyR)
	form := sh.Asked[0].Content.(*reasonForm)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("returned without a reason: %v", err)
	}
	form.ticks[judging.ReasonNeedsRelease].SetChecked(true)
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	sh.Path = t.TempDir()
	kittest.Tap(t, root, "退回清单…")
	if made, _ := filepath.Glob(filepath.Join(sh.Path, "*.xlsx")); len(made) != 2 || len(sh.Told) == 0 {
		t.Fatalf("%q %v", made, sh.Errors)
	}
	if w, _ := o.Work(t.Context(), string(second.ID)); w.Status != judging.Returned || len(w.Reasons) != 1 {
		t.Fatalf("%+v", w)
	}
	p.Load()
	p.table.TickAll(true)
	press(fyne.KeyX)
	sh.Asked[len(sh.Asked)-1].Content.(*reasonForm).note.SetText("与法治无关")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "没有待审的作品") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	sh.Told[len(sh.Told)-1].Do()
	p.Load()
	if len(p.all) != 5 || len(sh.Errors) > 0 {
		t.Fatalf("%d wait after it was taken back: %v", len(p.all), sh.Errors)
	}
}

func TestTickedWorksOfTheListAreReviewedAtOnce(t *testing.T) {
	o := withWorks(t, 6)
	sh := kittest.New(t)
	p := newWorksPage(sh, papersOf(o), kit.Route{})
	root := sh.Open(p)
	p.table.Tick("w000002", true)
	p.table.Tick("w000003", true)
	settle(sh)
	kittest.Tap(t, root, "审核通过")
	waiting, err := o.Review().WaitingWorks(t.Context())
	if err != nil || len(waiting) != 4 || len(sh.Errors) > 0 {
		t.Fatalf("%d wait, %v %v", len(waiting), err, sh.Errors)
	}
	sh.Told[0].Do()
	if waiting, _ = o.Review().WaitingWorks(t.Context()); len(waiting) != 6 {
		t.Fatalf("%d wait after it was taken back", len(waiting))
	}
}

func TestTheReviewPageFits(t *testing.T) {
	o := withCopies(t)
	shots(t, "review", func(sh kit.Shell) kit.Page { return newReviewPage(sh, papersOf(o)) })
}

func TestTheReasonsFitIntoADialog(t *testing.T) {
	shots(t, "reasons", func(sh kit.Shell) kit.Page { return askedPage{sh} })
}

// askedPage shows the dialog of reasons as a page.
type askedPage struct{ sh kit.Shell }

func (p askedPage) Title() string { return "" }
func (p askedPage) Load()         {}
func (p askedPage) Content() fyne.CanvasObject {
	return kit.NewAsk(p.sh, kit.Question{Title: "…", Text: "…", Action: "…", Content: newReasonForm(p.sh)}, func() {})
}
