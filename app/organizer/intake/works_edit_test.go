package intake

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/correction"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"

	"fayi/app/kit"
)

// keys presses keys one after the other, where the keyboard is.
func keys(sh *kittest.Shell, names ...fyne.KeyName) {
	for _, k := range names {
		kittest.Press(sh.Win, k)
	}
}

// overwrite replaces what stands in the field that has the keyboard.
func overwrite(t *testing.T, sh *kittest.Shell, text string) {
	t.Helper()
	f := sh.Win.Canvas().Focused()
	e, ok := f.(fyne.Shortcutable)
	if !ok {
		t.Fatalf("the keyboard is on %T", f)
	}
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	for _, r := range text {
		f.TypedRune(r)
	}
}

func workOf(t *testing.T, o *office.Office, id string) judging.Work {
	t.Helper()
	w, err := o.Work(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func openWorks(t *testing.T, o *office.Office) (*kittest.Shell, *worksPage, fyne.CanvasObject) {
	t.Helper()
	sh := kittest.New(t)
	p := newWorksPage(sh, page.PapersOf(o), kit.Route{})
	root := sh.Open(p)
	p.Load() // as the shell does after each change
	return sh, p, root
}

func TestACellIsCorrectedWhereItStands(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := openWorks(t, o)
	kittest.TapRow(t, root, "作品02", 2)
	overwrite(t, sh, "作品乙")
	keys(sh, fyne.KeyReturn)
	if w := workOf(t, o, "w000002"); w.Title != "作品乙" || len(sh.Errors) > 0 {
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
	keys(sh, fyne.KeyF2)
	overwrite(t, sh, " ")
	keys(sh, fyne.KeyReturn)
	if top := kittest.Top(sh.Win); top == nil || !kittest.Shows(top, "作品名称不能为空") {
		t.Fatal("nothing is said of an empty title")
	}
	keys(sh, fyne.KeyEscape)
	if workOf(t, o, "w000003").Title != "作品03" || kittest.Top(sh.Win) != nil {
		t.Error("Escape kept the change")
	}
	// Tab goes on to the next cell that may be changed: of titles, the choice of categories
	keys(sh, fyne.KeyF2)
	overwrite(t, sh, "作品丙")
	keys(sh, fyne.KeyTab)
	if workOf(t, o, "w000003").Title != "作品丙" || kittest.Top(sh.Win) == nil ||
		!kittest.Shows(kittest.Top(sh.Win), "书法") {
		t.Fatal("Tab did not go on to the category")
	}
	kittest.TapText(t, kittest.Top(sh.Win), "书法")
	if workOf(t, o, "w000003").Category != "书法" {
		t.Error("the category was not chosen")
	}
	p.Undo()
	p.Undo()
	if w := workOf(t, o, "w000003"); w.Category != "摄影" || w.Title != "作品03" {
		t.Errorf("after two undos: %+v", w)
	}
	p.Redo()
	if w := workOf(t, o, "w000003"); w.Title != "作品丙" || w.Category != "摄影" {
		t.Errorf("after a redo: %+v", w)
	}
	p.Load()
	p.table.Select("w000003")
	if !kittest.Shows(root, "作品名称：作品03 → 作品丙") || !kittest.Shows(root, "重做") {
		t.Errorf("the history is not shown: %q", kittest.Texts(root))
	}
	kittest.Tap(t, p.detail, "改回原来的")
	if workOf(t, o, "w000003").Title != "作品03" {
		t.Error("one field was not changed back")
	}
}

func TestALateCorrectionAsksWhyInTheWindow(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh, _, root := openWorks(t, o)
	kittest.TapRow(t, root, "作者01", 2)
	overwrite(t, sh, "张壹")
	keys(sh, fyne.KeyReturn)
	if len(sh.Asked) != 1 || workOf(t, o, "w000001").Authors[0] != "作者01" {
		t.Fatalf("%d questions", len(sh.Asked))
	}
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("corrected without a reason: %v", err)
	}
	for _, f := range kittest.All[*kit.TextField](sh.Put(sh.Asked[0].Content)) {
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
	choices := kittest.All[*kit.ChoiceField](form)
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
	if workOf(t, o, "w000001").Group != "成人组" || workOf(t, o, "w000005").Group != "成人组" {
		t.Error("not taken back")
	}
}

func TestUnitsAreRenamedAndMergedInTheWindow(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	p := correction.Pages(func() *office.Office { return o })[page.Units](sh, kit.Route{})
	root := sh.Open(p)
	kittest.TapRow(t, root, "单位1", 2)
	overwrite(t, sh, "示例县第一小学")
	keys(sh, fyne.KeyReturn)
	p.Load()
	if workOf(t, o, "w000001").Unit != "示例县第一小学" || !kittest.Shows(root, "示例县第一小学") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.TapRow(t, root, "单位2", 2)
	overwrite(t, sh, "示例县第一小学") // taken: it asks whether both are one
	keys(sh, fyne.KeyReturn)
	if len(sh.Asked) != 1 || workOf(t, o, "w000002").Unit != "单位2" {
		t.Fatalf("%d questions", len(sh.Asked))
	}
	if !kittest.Shows(sh.Put(sh.Asked[0].Content), "2 件作品改为“示例县第一小学”") {
		t.Errorf("%q", kittest.Texts(sh.Asked[0].Content))
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if workOf(t, o, "w000002").Unit != "示例县第一小学" {
		t.Error("not merged")
	}
	sh.Told[len(sh.Told)-1].Do()
	if workOf(t, o, "w000002").Unit != "单位2" {
		t.Error("the merge was not taken back")
	}
}

func TestTheUnitsPageFits(t *testing.T) {
	o := pagetest.WithWorks(t, 40)
	pagetest.Shots(t, "units", func(sh kit.Shell) kit.Page {
		return correction.Pages(func() *office.Office { return o })[page.Units](sh, kit.Route{})
	})
}
