package reconcile

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// withWaiting is a contest with four works, one with a file, and files that are doubtful or nobody's.
func withWaiting(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.NewContest(t)
	dir := t.TempDir()
	pagetest.Write(
		t, filepath.Join(dir, "表.csv"),
		[]byte("作品名称,作者,类别,组别,单位\n法治之光,林守正,书法,成人组,甲馆\n法治之光,周知法,书法,成人组,乙馆\n春到小院,吴明,摄影,成人组,甲馆\n守望平安校园,郑律,摄影,成人组,乙馆\n"),
	)
	for i, name := range []string{"春到小院-吴明.png", "法治之光.png", "IMG_0042.png", "旧宣传画.png"} {
		pagetest.Write(t, filepath.Join(dir, name), pagetest.PngOf(t, 40+i, 30))
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}

func filesOf(t *testing.T, o *office.Office, id judging.WorkID) int {
	t.Helper()
	w, err := o.Work(t.Context(), string(id))
	if err != nil {
		t.Fatal(err)
	}
	return len(w.Files)
}

// openReconcile shows the page over a contest.
func openReconcile(t *testing.T, o *office.Office) (*kittest.Shell, *reconcilePage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *reconcilePage { return newReconcilePage(sh, page.StagesOf(o)) })
}

func TestADoubtfulFileIsConfirmedAndTakenBack(t *testing.T) {
	o := withWaiting(t)
	sh, p, root := openReconcile(t, o)
	for _, want := range []string{"请确认 1", "缺附件的作品 3", "没有着落的文件 2", "法治之光.png", "作品名相同"} {
		if !kittest.Shows(root, want) {
			t.Errorf("no %q in %q", want, kittest.Texts(root))
		}
	}
	if !p.TypedKey(&fyne.KeyEvent{Name: "2"}) || filesOf(t, o, "w000002") != 1 || !kittest.Shows(root, "请确认 0") {
		t.Fatalf("the second offer was not taken: %q", kittest.Texts(root))
	}
	sh.Told[len(sh.Told)-1].Do()
	if filesOf(t, o, "w000002") != 0 || len(sh.Errors) > 0 {
		t.Fatalf("not taken back: %v", sh.Errors)
	}
}

func TestAFileWithoutAWorkIsJoinedToTheOneSelected(t *testing.T) {
	o := withWaiting(t)
	_, p, root := openReconcile(t, o)
	if !kittest.Shows(root, "先选一个文件") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.files.Select(p.files.Rows()[0].ID)
	p.works.Select("w000004")
	kittest.Tap(t, root, "归到选中的作品")
	if filesOf(t, o, "w000004") != 1 || !kittest.Shows(root, "没有着落的文件 1") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.search.SetText("春到")
	if rows := p.works.Rows(); len(rows) != 1 || rows[0].Title != "春到小院" {
		t.Fatalf("%+v", rows)
	}
	p.files.Select(p.files.Rows()[0].ID)
	kittest.Tap(t, p.loose, "无关文件")
	if !kittest.Shows(root, "没有剩下的文件") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

func TestAFileIsDraggedOntoAWork(t *testing.T) {
	o := withWaiting(t)
	sh, p, _ := openReconcile(t, o)
	pagetest.Settle(sh)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.works).AddXY(20, look.RowHeight()*1.5+2)
	w, ok := p.works.RowAt(at)
	if !ok {
		t.Fatal("no work below the pointer")
	}
	f := p.files.Rows()[1]
	p.files.OnDrag(f, at)
	p.files.OnDrop(f, at)
	if filesOf(t, o, w.Work) != 1 {
		t.Fatalf("%s has no file", w.Title)
	}
	if _, ok := p.works.RowAt(fyne.NewPos(-5, 0)); ok {
		t.Fatal("a work next to the table")
	}
}

func TestCheckingFilesFits(t *testing.T) {
	o := withWaiting(t)
	pagetest.Shots(t, "reconcile", func(sh kit.Shell) kit.Page { return newReconcilePage(sh, page.StagesOf(o)) })
	empty := pagetest.NewContest(t)
	pagetest.Shots(t, "reconcile-empty", func(sh kit.Shell) kit.Page {
		return newReconcilePage(sh, page.StagesOf(empty))
	})
}

func TestSearchedWorksAreAllThatFit(t *testing.T) {
	missing := []intake.FilelessWork{{Work: "w1", Title: "甲"}}
	all := []judging.Work{
		{ID: "w1", Title: "甲"}, {ID: "w2", Title: "乙", Authors: []string{"甲某"}}, {ID: "w3", Title: "丙"},
	}
	if got := worksFor(missing, all, " "); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	var ids []string
	for _, w := range worksFor(missing, all, "甲") {
		ids = append(ids, string(w.Work))
	}
	if strings.Join(ids, " ") != "w1 w2" {
		t.Fatalf("%v", ids)
	}
}

func TestEnterTakesOnlyWhatIsCertain(t *testing.T) {
	o := withWaiting(t)
	sh, p, _ := openReconcile(t, o)
	pagetest.Settle(sh)
	if sh.Win.Canvas().Focused() == nil {
		t.Error("the keyboard is nowhere: Enter would do nothing")
	}
	pagetest.Press(sh, fyne.KeyReturn) // two works have this title
	told := sh.Told[len(sh.Told)-1].Text
	if filesOf(t, o, "w000001")+filesOf(t, o, "w000002") != 0 || !strings.Contains(told, "1–2") {
		t.Fatalf("a doubtful file was taken, or nothing was said: %+v", sh.Told)
	}
	sure := p.got.Doubtful[0]
	sure.Offers[0].Score = certain
	p.onEnter(sure)
	if filesOf(t, o, sure.Offers[0].Work) != 1 {
		t.Error("a certain file was not taken")
	}
}

func TestSeveralFilesGoToOneWorkAtOnce(t *testing.T) {
	o := withWaiting(t)
	sh, p, root := openReconcile(t, o)
	p.files.TickAll(true)
	p.works.Select("w000004")
	if !kittest.Shows(p.loose, "选中 2 个文件") {
		t.Errorf("%q", kittest.Texts(p.loose))
	}
	kittest.Tap(t, root, "归到选中的作品")
	if filesOf(t, o, "w000004") != 2 || !kittest.Shows(root, "没有剩下的文件") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	sh.Told[len(sh.Told)-1].Do()
	if filesOf(t, o, "w000004") != 0 {
		t.Fatal("not taken back at once")
	}
	p.files.TickAll(true)
	pagetest.Settle(sh)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if len(p.got.Dismissed) != 2 {
		t.Fatalf("%d put away", len(p.got.Dismissed))
	}
}
