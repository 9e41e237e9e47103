package problems

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office"
)

func TestProblemsAreMendedOnThePage(t *testing.T) {
	o := pagetest.WithProblems(t)
	sh := kittest.New(t)
	p := newProblemsPage(sh, page.StagesOf(o), kit.Route{})
	root := sh.Open(p)
	for _, want := range []string{"导入的问题", "雕塑", "冰雕二", "城关第一小学", "2 行填同一个值…"} {
		if !kittest.Shows(root, want) {
			t.Errorf("the page does not show %q: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "2 行填同一个值…")
	pick(t, sh.Asked[0], "绘画")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if pagetest.CountWorks(t, o) != 4 || kittest.Shows(root, "冰雕二") {
		t.Fatalf("%d works, %q", pagetest.CountWorks(t, o), kittest.Texts(root))
	}
	p.onRow(p.list[0].Rows[0]) // the row without a title, cell by cell
	pagetest.Fill(t, sh.Asked[len(sh.Asked)-1], "补上的题目")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if pagetest.CountWorks(t, o) != 5 {
		t.Fatalf("%d works", pagetest.CountWorks(t, o))
	}
	kittest.Tap(t, root, "不改了…")
	pagetest.Fill(t, sh.Asked[len(sh.Asked)-1], "就是这个电话")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "没有待处理的问题") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

func TestAListGoesOutAndComesBack(t *testing.T) {
	o := pagetest.WithProblems(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "请更正.xlsx")
	p := newProblemsPage(sh, page.StagesOf(o), kit.Route{})
	root := sh.Open(p)
	kittest.Tap(t, root, "发给单位更正…")
	if !slices.ContainsFunc(kittest.All[*choice.Select](sh.Asked[0].Content), func(s *choice.Select) bool {
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
	again := newProblemsPage(sh, page.StagesOf(o), kit.Route{ID: sh.Path}) // as the import opens it
	sh.Open(again)
	if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "4 行没有改动") {
		t.Fatalf("%q", q.Text)
	}
}

func TestTheProblemsFit(t *testing.T) {
	o := pagetest.WithProblems(t)
	pagetest.Shots(t, "problems", func(sh kit.Shell) kit.Page {
		return newProblemsPage(sh, page.StagesOf(o), kit.Route{})
	})
	none := pagetest.NewContest(t)
	pagetest.Shots(t, "problems-none", func(sh kit.Shell) kit.Page {
		return newProblemsPage(sh, page.StagesOf(none), kit.Route{})
	})
}

// pick chooses one of the choices of a question.
func pick(t *testing.T, q kit.Question, title string) {
	t.Helper()
	for _, s := range kittest.All[*choice.Select](q.Content) {
		if slices.Contains(s.Options, title) {
			s.SetSelected(title)
			return
		}
	}
	t.Fatalf("%q is not offered by %q", title, q.Title)
}

func TestOnlyTheRowsThatWereLeftOutAreListedForTheOpenPoint(t *testing.T) {
	o := pagetest.WithProblems(t)
	all, err := o.OpenPoints(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(p office.Point) bool { return p.Kind == "import_problems" })
	if at < 0 || all[at].Count != 3 || !slices.Contains(all[at].Asks, office.Gate("publish")) {
		t.Fatalf("%+v", all)
	}
	p := newProblemsPage(kittest.New(t), page.StagesOf(o), page.PointRoute(all[at]))
	p.sh.(*kittest.Shell).Open(p)
	rows := 0
	for _, x := range p.list {
		if rows += x.Count; !x.Fatal {
			t.Errorf("%+v keeps no row out", x)
		}
	}
	if rows != all[at].Count {
		t.Errorf("%d rows are listed, the point counts %d", rows, all[at].Count)
	}
	for _, x := range p.list {
		if _, err := o.Problems().DismissRows(t.Context(), x.ID, nil, "不参赛"); err != nil {
			t.Fatal(err)
		}
	}
	if all, err = o.OpenPointsAt(t.Context(), office.Gate("publish")); err != nil ||
		slices.ContainsFunc(all, func(p office.Point) bool { return p.Kind == "import_problems" }) {
		t.Errorf("%+v %v", all, err)
	}
}
