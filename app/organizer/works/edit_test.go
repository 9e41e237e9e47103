package works

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
)

func openWorks(t *testing.T, o *office.Office) (*kittest.Shell, *worksPage, fyne.CanvasObject) {
	t.Helper()
	sh, p, root := pagetest.Open(t, func(sh kit.Shell) *worksPage {
		return newWorksPage(sh, page.PapersOf(o), kit.Route{})
	})
	p.Load() // as the shell does after each change
	return sh, p, root
}

func TestACellIsCorrectedWhereItStands(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := openWorks(t, o)
	kittest.TapRow(t, root, "作品02", 2)
	pagetest.Overwrite(t, sh, "作品乙")
	pagetest.Press(sh, fyne.KeyReturn)
	if w := pagetest.WorkOf(t, o, "w000002"); w.Title != "作品乙" || len(sh.Errors) > 0 {
		t.Fatalf("%+v %v", w, sh.Errors)
	}
	if told := sh.Told[len(sh.Told)-1]; !strings.Contains(told.Text, "作品02 → 作品乙") || told.Action != "撤销" {
		t.Errorf("%+v", told)
	}
	p.Load()
	if w, _ := p.table.Selected(); w.ID != "w000003" {
		t.Errorf("Enter went to %s", w.ID)
	}
	// what is wrong is said in place, and the field stays
	pagetest.Press(sh, fyne.KeyF2)
	pagetest.Overwrite(t, sh, " ")
	pagetest.Press(sh, fyne.KeyReturn)
	if top := kittest.Top(sh.Win); top == nil || !kittest.Shows(top, "作品名称不能为空") {
		t.Fatal("nothing is said of an empty title")
	}
	pagetest.Press(sh, fyne.KeyEscape)
	if pagetest.WorkOf(t, o, "w000003").Title != "作品03" || kittest.Top(sh.Win) != nil {
		t.Error("Escape kept the change")
	}
	// Tab goes on to the next cell that may be changed: of titles, the choice of categories
	pagetest.Press(sh, fyne.KeyF2)
	pagetest.Overwrite(t, sh, "作品丙")
	pagetest.Press(sh, fyne.KeyTab)
	if pagetest.WorkOf(t, o, "w000003").Title != "作品丙" || kittest.Top(sh.Win) == nil ||
		!kittest.Shows(kittest.Top(sh.Win), "书法") {
		t.Fatal("Tab did not go on to the category")
	}
	kittest.TapText(t, kittest.Top(sh.Win), "书法")
	if pagetest.WorkOf(t, o, "w000003").Category != "书法" {
		t.Error("the category was not chosen")
	}
	p.Undo()
	p.Undo()
	if w := pagetest.WorkOf(t, o, "w000003"); w.Category != "摄影" || w.Title != "作品03" {
		t.Errorf("after two undos: %+v", w)
	}
	p.Redo()
	if w := pagetest.WorkOf(t, o, "w000003"); w.Title != "作品丙" || w.Category != "摄影" {
		t.Errorf("after a redo: %+v", w)
	}
	p.Load()
	p.table.Select("w000003")
	if !kittest.Shows(root, "作品名称：作品03 → 作品丙") || !kittest.Shows(root, "重做") {
		t.Errorf("the history is not shown: %q", kittest.Texts(root))
	}
	kittest.Tap(t, p.detail, "改回原来的")
	if pagetest.WorkOf(t, o, "w000003").Title != "作品03" {
		t.Error("one field was not changed back")
	}
}

func TestALateCorrectionAsksWhyInTheWindow(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh, _, root := openWorks(t, o)
	kittest.TapRow(t, root, "作者01", 2)
	pagetest.Overwrite(t, sh, "张壹")
	pagetest.Press(sh, fyne.KeyReturn)
	if len(sh.Asked) != 1 || pagetest.WorkOf(t, o, "w000001").Authors[0] != "作者01" {
		t.Fatalf("%d questions", len(sh.Asked))
	}
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("corrected without a reason: %v", err)
	}
	for _, f := range kittest.All[*field.Text](sh.Put(sh.Asked[0].Content)) {
		f.SetText("家长来电")
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	history, err := o.Corrections().WorkHistory(t.Context(), "w000001")
	if err != nil || len(history) != 1 || history[0].Reason != "家长来电" {
		t.Errorf("%+v %v", history, err)
	}
}

func TestManyWorksAreFilledInAfterAPreview(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := openWorks(t, o)
	p.table.TickAll(true)
	pagetest.Settle(sh)
	kittest.Tap(t, root, "批量填写…")
	form := sh.Put(sh.Asked[0].Content)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("filled in nothing: %v", err)
	}
	choices := kittest.All[*field.Choice](form)
	choices[1].Select().SetSelected("小学组")
	if !kittest.Shows(form, "会改动 3 件，已经如此 3 件") {
		t.Fatalf("%q", kittest.Texts(form))
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	acts, err := o.Corrections().ListCorrections(t.Context())
	if err != nil || len(acts.Acts) != 1 || acts.Acts[0].Works != 3 {
		t.Fatalf("%+v %v", acts, err)
	}
	sh.Told[len(sh.Told)-1].Do() // one undo for all
	if pagetest.WorkOf(t, o, "w000001").Group != "成人组" || pagetest.WorkOf(t, o, "w000005").Group != "成人组" {
		t.Error("not taken back")
	}
}
