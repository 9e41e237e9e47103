package review

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/ask"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestWaitingWorksAreReviewedByKeys(t *testing.T) {
	o := pagetest.WithCopies(t)
	sh := kittest.New(t)
	p := newReviewPage(sh, page.PapersOf(o))
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
	form := sh.Asked[0].Content.(*page.ReasonForm)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("returned without a reason: %v", err)
	}
	form.Ticks[judging.ReasonNeedsRelease].SetChecked(true)
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
	sh.Asked[len(sh.Asked)-1].Content.(*page.ReasonForm).Note.SetText("与法治无关")
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

func TestTheReviewPageFits(t *testing.T) {
	o := pagetest.WithCopies(t)
	pagetest.Shots(t, "review", func(sh kit.Shell) kit.Page { return newReviewPage(sh, page.PapersOf(o)) })
}

func TestTheReasonsFitIntoADialog(t *testing.T) {
	pagetest.Shots(t, "reasons", func(sh kit.Shell) kit.Page { return askedPage{sh} })
}

// askedPage shows the dialog of reasons as a page.
type askedPage struct{ sh kit.Shell }

func (p askedPage) Title() string { return "" }

func (p askedPage) Load() {}

func (p askedPage) Content() fyne.CanvasObject {
	return ask.New(
		p.sh, kit.Question{Title: "…", Text: "…", Action: "…", Content: page.NewReasonForm(p.sh)}, func() {},
	)
}
