package ask_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/ask"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

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
			ask := ask.New(sh, q, func() { closed++ })
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

func TestAskActsOnlyAfterTheTickAndStaysOnError(t *testing.T) {
	sh := kittest.New(t)
	fail := errors.New("x")
	acts, closed := 0, 0
	root := sh.Put(ask.New(sh, kit.Question{
		Title:  "锁定结果",
		Text:   "将锁定 638 件。",
		Action: "锁定",
		Check:  "我已核对",
		Danger: true,
		Do:     func() error { acts++; return fail },
	}, func() { closed++ }))
	kittest.Tap(t, root, "锁定")
	if acts != 0 {
		t.Fatal("acted without the tick")
	}
	kittest.All[*choice.Check](root)[0].SetChecked(true)
	kittest.Tap(t, root, "锁定")
	if acts != 1 || closed != 0 || !kittest.Shows(root, "程序内部出错") {
		t.Fatalf("acts %d, closed %d, shown %q", acts, closed, kittest.Texts(root))
	}
	fail = nil
	kittest.Tap(t, root, "锁定")
	kittest.Tap(t, root, "取消")
	if acts != 2 || closed != 2 {
		t.Errorf("acts %d, closed %d", acts, closed)
	}
}

// TestEnterNextToTheButtonsDoesWhatItDidAtTheBeginning presses Enter while the keyboard is nowhere.
func TestEnterNextToTheButtonsDoesWhatItDidAtTheBeginning(t *testing.T) {
	const nothing, acts, closes = 0, 1, 2
	sh := kittest.New(t)
	oneLine := func() fyne.CanvasObject { return field.NewText(sh, "名称", "", field.TextRule{}) }
	lines := func() fyne.CanvasObject { return field.NewText(sh, "原因", "", field.TextRule{Lines: 3}) }
	none := func() fyne.CanvasObject { return nil }
	for name, c := range map[string]struct {
		q    kit.Question
		form func() fyne.CanvasObject
		want int
	}{
		"an act":            {kit.Question{Action: "保存"}, none, acts},
		"a field":           {kit.Question{Action: "保存"}, oneLine, acts},
		"lines":             {kit.Question{Action: "保存"}, lines, nothing},
		"only to read":      {kit.Question{}, none, closes},
		"danger":            {kit.Question{Action: "删除", Danger: true}, none, nothing},
		"danger in a field": {kit.Question{Action: "删除", Danger: true}, oneLine, nothing},
		"still to tick":     {kit.Question{Action: "锁定", Check: "我已核对"}, none, nothing},
		"a way back":        {kit.Question{Action: "保存", Stay: "继续写"}, none, nothing},
	} {
		t.Run(name, func(t *testing.T) {
			did := nothing
			q := c.q
			q.Title, q.Content = "问题", c.form()
			q.Do = func() error { did = acts; return nil }
			asked := ask.New(sh, q, func() { did = max(did, closes-2*did) })
			sh.Put(asked)
			asked.Enter()
			if did != c.want {
				t.Errorf("did %d, want %d", did, c.want)
			}
		})
	}
}

func TestWhatAFieldShowsIsNotSaidTwice(t *testing.T) {
	sh := kittest.New(t)
	var fail error
	asked := ask.New(sh, kit.Question{Title: "问题", Action: "保存", Do: func() error { return fail }}, func() {
		t.Error("closed")
	})
	root := sh.Put(asked)
	said := "请填整数。"
	fail = judging.Fail(judging.Invalid, "kit.whole_only", nil)
	kittest.TapText(t, root, "保存")
	if !kittest.Shows(root, said) {
		t.Fatal("what is wrong is not said")
	}
	fail = kit.ErrShown
	kittest.TapText(t, root, "保存")
	if kittest.Shows(root, said) || kittest.Shows(root, sh.Err(kit.ErrShown)) {
		t.Errorf("shown %q", kittest.Texts(root))
	}
}

func TestAskWithoutActOnlyCloses(t *testing.T) {
	sh := kittest.New(t)
	closed := 0
	root := sh.Put(ask.New(sh, kit.Question{Title: "没有做成"}, func() { closed++ }))
	kittest.Tap(t, root, "关闭")
	if closed != 1 {
		t.Error("not closed")
	}
}

// TestALongQuestionScrollsBetweenTitleAndButtons keeps the buttons of a form that is higher than the window where
// they can be pressed.
func TestALongQuestionScrollsBetweenTitleAndButtons(t *testing.T) {
	sh := kittest.New(t)
	var fields []field.FormField
	for range 12 {
		fields = append(fields, field.NewText(sh, "名称", "说明", field.TextRule{}))
	}
	ask := ask.New(sh, kit.Question{Title: "填表", Action: "保存", Content: field.NewForm(fields...)}, func() {})
	if h := ask.MinSize().Height; h < 720 {
		t.Fatalf("the form needs only %.0f", h)
	}
	ask.Bound(600)
	sh.Put(container.NewCenter(ask))
	if h := ask.MinSize().Height; h > 600 {
		t.Errorf("it needs %.0f of 600", h)
	}
	if faults := kittest.Misfits(sh.Win); len(faults) > 0 || !kittest.Shows(ask, "保存") {
		t.Error(faults)
	}
}

// TestAQuestionThatGrowsScrollsInsteadOfLeavingTheWindow keeps the buttons in the window when an act says why it
// failed.
func TestAQuestionThatGrowsScrollsInsteadOfLeavingTheWindow(t *testing.T) {
	sh := kittest.New(t)
	var fields []field.FormField
	for range 4 {
		fields = append(fields, field.NewText(sh, "名称", "说明", field.TextRule{}))
	}
	ask := ask.New(sh, kit.Question{
		Title: "填表", Action: "保存", Content: field.NewForm(fields...),
		Do: func() error { return judging.Fail(judging.Invalid, "kit.whole_only", nil) },
	}, func() {})
	most := ask.MinSize().Height + 4
	ask.Bound(most)
	sh.Put(container.NewCenter(ask))
	kittest.TapText(t, ask, "保存")
	if h := ask.MinSize().Height; h > most {
		t.Errorf("it needs %.0f of %.0f", h, most)
	}
	if faults := kittest.Misfits(sh.Win); len(faults) > 0 || !kittest.Shows(ask, "请填整数。") {
		t.Errorf("%v, shown %q", faults, kittest.Texts(ask))
	}
}

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

func TestWhatAFieldShowsInRedIsNotTaken(t *testing.T) {
	sh := kittest.New(t)
	name := field.NewText(sh, "名称", "", field.TextRule{Limit: 3})
	taken := []string{}
	closed := false
	q := ask.New(sh, kit.Question{
		Title: "改名", Content: container.NewStack(field.NewForm(name)), Action: "保存",
		Do: func() error { taken = append(taken, name.Text()); return nil },
	}, func() { closed = true })
	sh.Put(q)
	name.Entry().SetText("四个字呢")
	kittest.Tap(t, q, "保存")
	if len(taken) > 0 || closed {
		t.Fatalf("taken: %q", taken)
	}
	if sh.Win.Canvas().Focused() != fyne.Focusable(name.Entry()) {
		t.Error("the cursor is not in the field that is wrong")
	}
	name.Entry().SetText("三个字")
	name.Tell("这个名称已经有了") // what an earlier press brought: it may be put right by now
	kittest.Tap(t, q, "保存")
	if len(taken) != 1 || taken[0] != "三个字" {
		t.Errorf("taken: %q", taken)
	}
}
