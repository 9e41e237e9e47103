package draft_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/choice"
	"fayi/app/kit/draft"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
)

// paper is a form with an input of each kind.
type paper struct {
	name, secret *field.Text
	count        *field.Number
	kind         *field.Choice
	tick         *choice.Check
}

func newPaper(sh *kittest.Shell) (*paper, fyne.CanvasObject) {
	p := &paper{
		name:   field.NewText(sh, "名称", "", field.TextRule{Required: true}),
		secret: field.NewText(sh, "口令", "", field.TextRule{Secret: true}),
		count:  field.NewNumber(sh, "件数", "", "件", field.Range{High: 99}, false),
		kind:   field.NewChoice(sh, "类别", "", "", []choice.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}}),
		tick:   choice.NewCheck("在", nil),
	}
	return p, container.NewVScroll(field.NewForm(p.name, p.secret, p.count, p.kind, field.New("", "", p.tick)))
}

func TestWhatWasWrittenOutlivesACrash(t *testing.T) {
	sh := kittest.New(t)
	p, form := newPaper(sh)
	sh.Put(form)
	if d := draft.Watch(sh, "k", form); d.Offer() != nil {
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
	d := draft.Watch(sh, "k", fresh)
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
	draft.Watch(sh, "k", form)
	test.Type(p.name.Entry(), "影")
	if sh.Kept["k"] == nil {
		t.Fatal("nothing kept")
	}
	p.name.Entry().SetText("光")
	if sh.Kept["k"] != nil {
		t.Fatalf("kept %s", sh.Kept["k"])
	}
}
