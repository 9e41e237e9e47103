package intake

import (
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

// withGaps writes a list of a school in which unit and group are missing, and a row stands twice.
func withGaps(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "城关第一小学.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别\n光,甲,摄影\n影,乙,摄影\n影,乙,摄影\n"))
	return path
}

func TestWhatIsFilledInIsShownAndChanged(t *testing.T) {
	o := pagetest.NewContest(t)
	sh, p, root := openImport(t, o, withGaps(t))
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
	if err != nil || w.Group != "小学组" || w.Unit != "城关第一小学" || pagetest.CountWorks(t, o) != 2 {
		t.Fatalf("%+v %v, %d works", w, err, pagetest.CountWorks(t, o))
	}
}

func TestAListReturnedByAUnitLeadsToTheProblems(t *testing.T) {
	o := pagetest.WithProblems(t)
	path := filepath.Join(t.TempDir(), "请更正.xlsx")
	if _, err := o.Problems().ExportProblems(t.Context(), path, "", pagetest.Chinese(t).T); err != nil {
		t.Fatal(err)
	}
	sh, _, _ := openImport(t, o, path)
	if n := len(sh.Routes); n == 0 || sh.Routes[n-1].Kind != page.Problems || sh.Routes[n-1].ID != path {
		t.Fatalf("%+v", sh.Routes)
	}
}

func TestWhatIsFilledInFits(t *testing.T) {
	o, path := pagetest.NewContest(t), withGaps(t)
	pagetest.Shots(t, "import-fill", func(sh kit.Shell) kit.Page {
		p := newImportPage(sh, page.StagesOf(o), path)
		p.state.tab = tabFill
		return p
	})
}
