package kit_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
)

// paper is a form with an input of each kind.
type paper struct {
	name, secret *kit.TextField
	count        *kit.NumberField
	kind         *kit.ChoiceField
	tick         *widget.Check
}

func newPaper(sh *kittest.Shell) (*paper, fyne.CanvasObject) {
	p := &paper{
		name:   kit.NewTextField(sh, "名称", "", kit.TextRule{Required: true}),
		secret: kit.NewTextField(sh, "口令", "", kit.TextRule{Secret: true}),
		count:  kit.NewNumberField(sh, "件数", "", "件", kit.Range{High: 99}, false),
		kind:   kit.NewChoiceField(sh, "类别", "", "", []kit.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}}),
		tick:   widget.NewCheck("在", nil),
	}
	return p, container.NewVScroll(kit.NewForm(p.name, p.secret, p.count, p.kind, kit.NewField("", "", p.tick)))
}

func TestWhatWasWrittenOutlivesACrash(t *testing.T) {
	sh := kittest.New(t)
	p, form := newPaper(sh)
	sh.Put(form)
	if d := kit.WatchDraft(sh, "k", form); d.Offer() != nil {
		t.Fatal("a draft of nothing is offered")
	}
	test.Type(p.name.Entry(), "光")
	test.Type(p.secret.Entry(), "暗号")
	test.Type(p.count.Entry(), "12")
	p.kind.Select().SetSelected("绘画")
	p.tick.SetChecked(true)
	if s := string(sh.Kept["k"]); s != `["光","","12","绘画","1"]` {
		t.Fatalf("kept %s", s)
	}
	again, fresh := newPaper(sh)
	d := kit.WatchDraft(sh, "k", fresh)
	bar := d.Offer()
	root := sh.Put(container.NewVBox(bar, fresh))
	kittest.Tap(t, root, "恢复未保存的内容")
	if n, _ := again.count.Value(); again.name.Text() != "光" || n != 12 || again.kind.Key() != "hh" ||
		!again.tick.Checked ||
		again.secret.Text() != "" {
		t.Fatalf("restored %q %v %q %v", again.name.Text(), n, again.kind.Key(), again.tick.Checked)
	}
	if bar.Visible() || sh.Kept["k"] == nil {
		t.Fatal("what is put back is kept until it is saved")
	}
	d.Drop()
	if sh.Kept["k"] != nil {
		t.Fatal("what is given up stays")
	}
}

func TestAFormThatIsAsItWasNeedsNoDraft(t *testing.T) {
	sh := kittest.New(t)
	p, form := newPaper(sh)
	p.name.SetText("光")
	sh.Put(form)
	kit.WatchDraft(sh, "k", form)
	test.Type(p.name.Entry(), "影")
	if sh.Kept["k"] == nil {
		t.Fatal("nothing kept")
	}
	p.name.Entry().SetText("光")
	if sh.Kept["k"] != nil {
		t.Fatalf("kept %s", sh.Kept["k"])
	}
}

func TestAQuestionBeginsInItsFormAndEnterDoesTheAct(t *testing.T) {
	for name, danger := range map[string]bool{"plain": false, "dangerous": true} {
		t.Run(name, func(t *testing.T) {
			sh := kittest.New(t)
			p, form := newPaper(sh)
			done, closed := 0, 0
			fail := errors.New("no")
			q := kit.Question{
				Title:   "新的",
				Action:  "保存",
				Content: form,
				Draft:   "q",
				Danger:  danger,
				Do:      func() error { done++; return fail },
			}
			ask := kit.NewAsk(sh, q, func() { closed++ })
			sh.Put(ask)
			sh.Focus(ask.First())
			if sh.Win.Canvas().Focused() != p.name.Entry() {
				t.Fatalf("the keyboard starts in %T", sh.Win.Canvas().Focused())
			}
			test.Type(p.name.Entry(), "光")
			kittest.Press(sh.Win, fyne.KeyReturn)
			if danger {
				if done != 0 {
					t.Fatal("Enter did what is dangerous")
				}
				return
			}
			if done != 1 || closed != 0 || sh.Kept["q"] == nil {
				t.Fatalf("%d acts, %d closings, draft %s", done, closed, sh.Kept["q"])
			}
			fail = nil
			kittest.Press(sh.Win, fyne.KeyReturn)
			if done != 2 || closed != 1 || sh.Kept["q"] != nil {
				t.Fatalf("%d acts, %d closings, draft %s", done, closed, sh.Kept["q"])
			}
		})
	}
}
