package assignment

import (
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/ask"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// openJudges shows the page over a contest.
func openJudges(t *testing.T, o *office.Office) (*kittest.Shell, *judgesPage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *judgesPage { return newJudgesPage(sh, page.StagesOf(o), "") })
}

func TestJudgesAreImportedWithWhatIsWrong(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "评委.csv")
	pagetest.Write(t, path, []byte("姓名,单位,专长类别\n赵一,书协,书法\n钱二,文化馆,魔术\n,美协,绘画\n"))
	sh, p, root := openJudges(t, o)
	if !kittest.Shows(root, "还没有评委") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.Dropped([]string{path})
	if len(sh.Asked) != 1 || sh.Asked[0].Content == nil {
		t.Fatalf("%+v %v", sh.Asked, sh.Errors)
	}
	if shown := kittest.Texts(sh.Asked[0].Content); !slices.Contains(shown, "赵一") {
		t.Errorf("the preview does not show whom the list brings: %q", shown)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 0 {
		t.Fatalf("the preview has written %v", all)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 1 || !kittest.Shows(root, "赵一") {
		t.Fatalf("%v %q", all, kittest.Texts(root))
	}
	if len(sh.Told) != 1 || sh.Told[0].Action == "" {
		t.Fatalf("no way back is offered: %+v", sh.Told)
	}
	sh.Told[0].Do()
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 0 || !kittest.Shows(root, "还没有评委") {
		t.Fatalf("taken back: %v %q", all, kittest.Texts(root))
	}
}

func TestAListWithoutJudgesIsExplained(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "评委.csv")
	pagetest.Write(t, path, []byte("作品名称,作者\n守法,甲某一\n"))
	sh, p, _ := openJudges(t, o)
	p.Dropped([]string{path})
	if len(sh.Asked) != 1 || sh.Asked[0].Text == "" || sh.Asked[0].Do != nil {
		t.Fatalf("%+v %v", sh.Asked, sh.Errors)
	}
}

func TestAJudgeIsAddedAndChanged(t *testing.T) {
	o := pagetest.NewContest(t)
	sh, p, root := openJudges(t, o)
	kittest.Tap(t, root, "添加评委")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("a judge without a name: %v", err)
	}
	form := newJudgeForm(sh, p.data, judging.Judge{})
	form.words.name.SetText("赵一")
	form.load.SetValue(40)
	form.categories.Choose([]string{"书法"})
	j, err := form.judge()
	if err != nil || j.Name != "赵一" || j.MaxLoad != 40 || !slices.Equal(j.Categories, []string{"书法"}) {
		t.Fatalf("%+v %v", j, err)
	}
	if _, err := o.Assignment().AddJudge(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	p.Load()
	kittest.TapRow(t, root, "40", 2)
	if len(sh.Asked) != 2 || sh.Asked[1].Title != "赵一" {
		t.Fatalf("%+v", sh.Asked)
	}
	edit := newJudgeForm(sh, p.data, p.data.all[0])
	edit.away.SetChecked(true)
	edit.load.Clear()
	if j, err = edit.judge(); err != nil || !j.Away || j.MaxLoad != 0 || j.ID != p.data.all[0].ID ||
		!edit.words.name.Entry().Disabled() {
		t.Fatalf("%+v %v", j, err)
	}
}

func TestTheFormOfAJudgeIsCheckedWhileItIsWritten(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh, p, _ := openJudges(t, o)
	f := newJudgeForm(sh, p.data, judging.Judge{})
	root := sh.Put(f.content)
	if !kittest.Shows(root, "没有要回避的作品") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	f.words.unit.Entry().SetText("单位2")
	if !kittest.Shows(root, "有 2 件作品要回避") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	f.words.unit.Entry().SetText("单位1")
	f.words.name.Entry().SetText("赵一")
	if f.words.name.Wrong() == "" {
		t.Fatal("a judge who is there already may be added")
	}
	f.words.name.Entry().SetText("周五")
	f.words.phone.Entry().SetText("没有")
	f.load.Entry().SetText("10")
	f.least.Entry().SetText("12")
	if f.words.phone.Wrong() == "" || f.least.Wrong() == "" {
		t.Fatalf("%q %q", f.words.phone.Wrong(), f.least.Wrong())
	}
	if _, err := f.judge(); judging.CodeOf(err) != judging.Invalid {
		t.Fatal(err)
	}
	f.words.phone.Entry().SetText("0571-88888888")
	f.load.Entry().SetText("20")
	f.senior.SetChecked(true)
	if j, err := f.judge(); err != nil || !j.Senior || j.MinLoad != 12 || j.MaxLoad != 20 {
		t.Fatalf("%+v %v", j, err)
	}
	kittest.Tap(t, sh.Put(p.Content()), "个人密码…")
	if len(sh.Told) != 1 {
		t.Fatal("nobody was selected, and nothing said")
	}
}

func TestTheFormOfAJudgeFits(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	pagetest.Shots(t, "judgeform", func(sh kit.Shell) kit.Page {
		p := newJudgesPage(sh, page.StagesOf(o), "")
		return formPage{p, sh}
	})
}

// formPage shows the form of a new judge as its dialog does.
type formPage struct {
	*judgesPage
	sh kit.Shell
}

func (p formPage) Content() fyne.CanvasObject {
	p.judgesPage.Content()
	p.Load()
	ask := ask.New(
		p.sh, kit.Question{Title: "…", Action: "…", Content: newJudgeForm(p.sh, p.data, judging.Judge{}).content},
		func() {},
	)
	ask.Bound(p.sh.Size().Height - 2*lay.Gap16) // as the window does
	return ask
}

func TestASuspectedConflictIsClearedAndAnotherDeclared(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh := kittest.New(t)
	p := newJudgesPage(sh, page.StagesOf(o), tabConflicts)
	root := sh.Open(p)
	if n := len(p.conflicts.all); n != 2 || !kittest.Shows(root, "同单位") {
		t.Fatalf("%d pairs, %q", n, kittest.Texts(root))
	}
	kittest.Tap(t, root, "核实为不用回避…")
	if len(sh.Told) != 1 {
		t.Fatal("nothing was selected, and nothing said")
	}
	kittest.TapRow(t, root, p.conflicts.all[0].Title, 1)
	kittest.Tap(t, root, "核实为不用回避…")
	sh.Asked[0].Content.(*field.Text).SetText("同名单位，不是一家")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, root, "登记回避…")
	if err := sh.Answer(t); err == nil {
		t.Fatal("a conflict of nobody was declared")
	}
	if err := o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge: "j002", Unit: "单位2", Reason: "亲属",
	}); err != nil {
		t.Fatal(err)
	}
	p.Load()
	var kinds []judging.ConflictKind
	for _, s := range p.conflicts.all {
		kinds = append(kinds, s.Kind)
	}
	if want := []judging.ConflictKind{
		judging.SameUnit, judging.WholeUnit, judging.WholeUnit,
	}; !slices.Equal(kinds, want) {
		t.Fatalf("%v", kinds)
	}
}

func TestConflictRowsKeepTheFilter(t *testing.T) {
	all := []assignment.Suspicion{
		{
			Conflict: judging.Conflict{Judge: "j1", Work: "w1", Kind: judging.SameUnit}, JudgeName: "赵一",
			Code: "SF-0001", Title: "光",
		},
		{
			Conflict: judging.Conflict{Judge: "j2", Work: "w2", Kind: judging.Declared, Reason: "亲属"}, JudgeName: "钱二",
			Code: "SF-0002", Title: "影",
		},
	}
	for name, c := range map[string]struct {
		f    kit.Filter
		want int
	}{
		"all": {kit.Filter{}, 2}, "kind": {kit.Filter{Quick: "declared"}, 1}, "name": {kit.Filter{Text: "赵一"}, 1},
		"reason": {kit.Filter{Text: "亲属"}, 1}, "none": {kit.Filter{Text: "孙"}, 0},
	} {
		if got := conflictRows(all, c.f); len(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if q := conflictQuicks(
		pagetest.Chinese(t), all,
	); len(q) != 3 || q[1].Tone != look.Waiting || q[2].Tone != look.Done {
		t.Errorf("%v", q)
	}
}

func TestTheJudgesPageFits(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	pagetest.Shots(t, "judges", func(sh kit.Shell) kit.Page { return newJudgesPage(sh, page.StagesOf(o), "") })
	pagetest.Shots(t, "conflicts", func(sh kit.Shell) kit.Page {
		return newJudgesPage(sh, page.StagesOf(o), tabConflicts)
	})
	empty := pagetest.NewContest(t)
	pagetest.Shots(t, "judges-empty", func(sh kit.Shell) kit.Page {
		return newJudgesPage(sh, page.StagesOf(empty), "")
	})
}

func TestANamesakeIsAddedOnceTheUserSaysSo(t *testing.T) {
	o := pagetest.NewContest(t)
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一", Unit: "书协"}); err != nil {
		t.Fatal(err)
	}
	sh, _, root := openJudges(t, o)
	kittest.Tap(t, root, "添加评委")
	kittest.All[*field.Text](sh.Put(sh.Asked[0].Content))[0].Entry().SetText("赵一")
	if err := sh.Answer(t); err != nil || len(sh.Asked) != 2 {
		t.Fatalf("%v, asked %+v", err, sh.Asked)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 1 {
		t.Fatalf("added unasked: %+v", all)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Assignment().Judges(t.Context()); len(all) != 2 {
		t.Fatalf("%+v", all)
	}
}
