package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// withProblems is a contest into which a list with four wrong rows came.
func withProblems(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "第一小学报送表.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别,组别,学校,联系电话\n光,甲,摄影,小学组,城关第一小学,\n"+
		"冰雕一,乙,雕塑,小学组,城关第一小学,\n冰雕二,丙,雕塑,小学组,城关第一小学,\n,丁,书法,小学组,城关第一小学,\n"+
		"法,戊,书法,小学组,城关第二小学,123\n"))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}

func worksOf(t *testing.T, o *office.Office) int {
	t.Helper()
	all, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestProblemsAreMendedOnThePage(t *testing.T) {
	o := withProblems(t)
	sh := kittest.New(t)
	p := newProblemsPage(sh, page.StagesOf(o), "")
	root := sh.Open(p)
	for _, want := range []string{"导入的问题", "雕塑", "冰雕二", "城关第一小学", "2 行填同一个值…"} {
		if !kittest.Shows(root, want) {
			t.Errorf("the page does not show %q: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "2 行填同一个值…")
	write(t, sh.Asked[0], "绘画")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if worksOf(t, o) != 4 || kittest.Shows(root, "冰雕二") {
		t.Fatalf("%d works, %q", worksOf(t, o), kittest.Texts(root))
	}
	p.onRow(p.list[0].Rows[0]) // the row without a title, cell by cell
	write(t, sh.Asked[len(sh.Asked)-1], "补上的题目")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if worksOf(t, o) != 5 {
		t.Fatalf("%d works", worksOf(t, o))
	}
	kittest.Tap(t, root, "不改了…")
	write(t, sh.Asked[len(sh.Asked)-1], "就是这个电话")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "没有待处理的问题") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

// write writes into the first input of a dialog.
func write(t *testing.T, q kit.Question, text string) {
	t.Helper()
	entries := kittest.All[*kit.Entry](q.Content)
	if len(entries) == 0 {
		t.Fatalf("no input in %q", q.Title)
	}
	entries[0].SetText(text)
}

func TestAListGoesOutAndComesBack(t *testing.T) {
	o := withProblems(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "请更正.xlsx")
	p := newProblemsPage(sh, page.StagesOf(o), "")
	root := sh.Open(p)
	kittest.Tap(t, root, "发给单位更正…")
	if !slices.ContainsFunc(kittest.All[*kit.Select](sh.Asked[0].Content), func(s *kit.Select) bool {
		return slices.Contains(s.Options, "城关第一小学（3 行）")
	}) {
		t.Fatalf("the unit is not offered")
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(sh.Path); err != nil {
		t.Fatal(err)
	}
	im := newImportPage(sh, page.StagesOf(o), sh.Path) // dropped where lists are imported
	sh.Open(im)
	route := sh.Routes[len(sh.Routes)-1]
	if route.Kind != page.Problems || route.ID != sh.Path {
		t.Fatalf("%+v", route)
	}
	again := newProblemsPage(sh, page.StagesOf(o), route.ID)
	sh.Open(again)
	if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "4 行没有改动") {
		t.Fatalf("%q", q.Text)
	}
}

func TestWhatIsFilledInIsShownAndChanged(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "城关第一小学.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别\n光,甲,摄影\n影,乙,摄影\n影,乙,摄影\n"))
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), path)
	root := sh.Open(p)
	kittest.Tap(t, root, "补填 2")
	for _, want := range []string{"作者单位 城关第一小学", "组别 小学组", "待您决定", "文件名“城关第一小学”", "1 行与同批"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q: %q", want, kittest.Texts(root))
		}
	}
	p.fill.onOpen(p.fill.table.Rows()[0]) // the group waits: it stands first and is taken
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, root, "合并为同一件")
	kittest.Tap(t, root, "导入 2 件")
	w, err := o.Work(t.Context(), "w000001")
	if err != nil || w.Group != "小学组" || w.Unit != "城关第一小学" || worksOf(t, o) != 2 {
		t.Fatalf("%+v %v, %d works", w, err, worksOf(t, o))
	}
}

func TestTheWorksLeadToTheProblemsWhileThereAreSome(t *testing.T) {
	_, p, root := openWorks(t, pagetest.NewContest(t))
	if p.Load(); kittest.Shows(root, "处理问题") {
		t.Error("problems are offered where there are none")
	}
	sh, _, root := openWorks(t, withProblems(t))
	kittest.Tap(t, root, "处理问题")
	if len(sh.Routes) != 1 || sh.Routes[0].Kind != page.Problems {
		t.Errorf("%+v", sh.Routes)
	}
}

func TestTheProblemsFit(t *testing.T) {
	o := withProblems(t)
	pagetest.Shots(t, "problems", func(sh kit.Shell) kit.Page {
		return newProblemsPage(sh, page.StagesOf(o), "")
	})
	none := pagetest.NewContest(t)
	pagetest.Shots(t, "problems-none", func(sh kit.Shell) kit.Page {
		return newProblemsPage(sh, page.StagesOf(none), "")
	})
	path := filepath.Join(t.TempDir(), "城关第一小学.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别\n光,甲,摄影\n影,乙,摄影\n影,乙,摄影\n"))
	pagetest.Shots(t, "import-fill", func(sh kit.Shell) kit.Page {
		p := newImportPage(sh, page.StagesOf(none), path)
		p.state.tab = tabFill
		return p
	})
}
