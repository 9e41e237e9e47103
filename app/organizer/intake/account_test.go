package intake

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office/problems"
)

func TestEachRowOfAnImportLeadsToWhatItBecame(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "表.csv")
	list := "某某小学作品一览\n作品名称,作者,类别,组别,单位\n光,甲,摄影,成人组,一小\n,乙,摄影,成人组,一小\n合计,2,,,\n"
	if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), path)
	root := sh.Open(p)
	kittest.Tap(t, root, "导入 1 件")
	if !kittest.Shows(root, "有内容的 5 行 = 作品 1 行 + 有问题 1 行 + 表头、标题、备注等 3 行") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.doneBody(*p.state.report) // a fresh table, as after a change of size
	route := kit.Route{Kind: page.Account, ID: string(p.state.report.Intake)}
	a := newAccountPage(sh, page.StagesOf(o), route)
	root = sh.Open(a)
	for _, want := range []string{"标题", "表头", "合计、小计", "光 甲", "这一行没有作品名称", "有问题，没读进来"} {
		if !kittest.Shows(root, want) {
			t.Errorf("the page does not show %q: %q", want, kittest.Texts(root))
		}
	}
	if len(a.rows) != 5 {
		t.Fatalf("%+v", a.rows)
	}
	a.onOpen(a.rows[2])
	a.onOpen(a.rows[3])
	n := len(sh.Routes)
	if n < 2 || sh.Routes[n-2] != (kit.Route{Kind: page.Works, ID: "光"}) ||
		sh.Routes[n-1] != (kit.Route{Kind: page.Problems, Tab: a.rows[3].Bad}) || a.rows[3].Bad == "" {
		t.Fatalf("%+v", sh.Routes)
	}
	a.onOpen(a.rows[0]) // a title leads nowhere
	if len(sh.Routes) != n {
		t.Errorf("%+v", sh.Routes[n:])
	}
	pagetest.Shots(t, "account", func(sh kit.Shell) kit.Page { return newAccountPage(sh, page.StagesOf(o), route) })
	some := accountLines(a.rows, kit.Filter{Quick: string(problems.LineNoted)}, a.what)
	if len(some) != 3 {
		t.Errorf("%+v", some)
	}
}
