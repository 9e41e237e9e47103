package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// openImport shows the import of a list or a folder.
func openImport(t *testing.T, o *office.Office, path string) (*kittest.Shell, *importPage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *importPage { return newImportPage(sh, page.StagesOf(o), path) })
}

func TestWorksArePreviewedImportedAndTakenBack(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	route := page.ImportRoute(sh, pagetest.WorksFolder(t, 6))
	if route.Kind != page.Import || route.Instance != 1 {
		t.Fatalf("%+v", route)
	}
	p := Pages(func() *office.Office { return o })[route.Kind](sh, route).(*importPage)
	root := sh.Open(p)
	for _, want := range []string{"导入 6 件", "汇总表.csv", "确定", "问题 "} {
		if !kittest.Shows(root, want) {
			t.Errorf("the preview does not show %q: %q", want, kittest.Texts(root))
		}
	}
	if all, _ := o.Works(t.Context(), office.WorkFilter{}); len(all) != 0 {
		t.Fatalf("the preview wrote %d works", len(all))
	}
	kittest.Tap(t, root, "导入 6 件")
	if !kittest.Shows(root, "新增 6 件") || !kittest.Shows(root, "有内容的 8 行 = 作品 6 行 + 有问题 1 行") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "没读进来和要看的（1）")
	if !kittest.Shows(root, "这一行没有作品名称") || !kittest.Shows(root, "第 8 行") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.Load()
	kittest.Tap(t, root, "撤销这次导入")
	if q := sh.Asked[0]; !strings.Contains(q.Text, "6") || !q.Danger {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Works(t.Context(), office.WorkFilter{}); len(all) != 0 || !kittest.Shows(root, "已撤销") {
		t.Fatalf("%d works, %q", len(all), kittest.Texts(root))
	}
}

func TestAColumnIsCorrectedBeforeTheImport(t *testing.T) {
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "表.csv")
	pagetest.Write(t, path, []byte("作品名称,作者,类别,组别,单位,推荐人\n光,甲,摄影,成人组,一小,乙\n"))
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), path)
	root := sh.Open(p)
	for _, s := range kittest.All[*choice.Select](root) {
		if s.Selected == sh.T("app.column_keep", nil) {
			s.SetSelected("指导教师")
		}
	}
	if !slices.Equal(p.state.paths, []string{path}) || p.state.columns["推荐人"] != "teacher" {
		t.Fatalf("%+v", p.state)
	}
	kittest.Tap(t, root, "导入 1 件")
	if w, err := o.Work(t.Context(), "w000001"); err != nil || !slices.Equal(w.Teachers, []string{"乙"}) {
		t.Fatalf("%+v %v", w, err)
	}
}

func TestWhatCannotBeReadLeadsBackToTheChoice(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	root := sh.Open(newImportPage(sh, page.StagesOf(o), filepath.Join(t.TempDir(), "没有.xlsx")))
	if len(sh.Errors) != 1 || !kittest.Shows(root, "拖到这里") {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
}

func TestAFolderWithoutListsShowsItsProblems(t *testing.T) {
	o := pagetest.NewContest(t)
	dir := t.TempDir()
	pagetest.Write(t, filepath.Join(dir, "照片.png"), pagetest.PngOf(t, 4, 4))
	sh := kittest.New(t)
	root := sh.Open(newImportPage(sh, page.StagesOf(o), dir))
	if !kittest.Shows(root, "附件没有着落") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

func TestTheImportKeepsItsPlace(t *testing.T) {
	o := pagetest.NewContest(t)
	dir := pagetest.WorksFolder(t, 6)
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), dir)
	sh.Open(p)
	if err := os.RemoveAll(dir); err != nil { // a second reading would fail
		t.Fatal(err)
	}
	again := newImportPage(sh, page.StagesOf(o), dir)
	again.Restore(p.Keep())
	root := sh.Open(again)
	if !kittest.Shows(root, "导入 6 件") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
}

func TestSheetRowsTellWhatToLookAt(t *testing.T) {
	row := sheetRow{
		columns: []sheetColumn{
			{"A", "名称", "title", 1, nil}, {"B", "人", "author", 0.5, nil}, {"C", "备考", "", 0, nil},
			{"D", "序", leaveOut, 1, nil}, {"E", "校", "unit", 0.9, nil},
		},
	}
	if row.doubts() != 1 {
		t.Fatalf("%d", row.doubts())
	}
	var keys []string
	for _, c := range row.columns {
		key, _ := c.verdict()
		keys = append(keys, strings.TrimPrefix(key, "app.column_"))
	}
	if want := []string{"sure", "doubt", "kept", "left", "likely"}; !slices.Equal(keys, want) {
		t.Fatalf("%v", keys)
	}
	odd := sheetColumn{"F", "QQ", "qq", 1, nil}
	if o := odd.choices(pagetest.Chinese(t)); o[0] != (choice.Option{Key: "qq", Title: "QQ"}) ||
		o[len(o)-1].Key != leaveOut {
		t.Fatalf("%v", o)
	}
	if rowSpan([]int{2, 3, 4}) != "2–4" || rowSpan([]int{1}) != "1" || rowSpan(nil) != "" {
		t.Fatal("row spans")
	}
}

func TestTheImportFits(t *testing.T) {
	o := pagetest.WithWorks(t, 4)
	more := pagetest.WorksFolder(t, 30)
	pagetest.Shots(t, "import-choose", func(sh kit.Shell) kit.Page { return newImportPage(sh, page.StagesOf(o), "") })
	pagetest.Shots(t, "import-preview", func(sh kit.Shell) kit.Page {
		return newImportPage(sh, page.StagesOf(o), more)
	})
	pagetest.Shots(t, "import-problems", func(sh kit.Shell) kit.Page {
		p := newImportPage(sh, page.StagesOf(o), more)
		p.state.tab = tabProblems
		return p
	})
	done, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{more}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "import-done", func(sh kit.Shell) kit.Page {
		p := newImportPage(sh, page.StagesOf(o), more)
		p.state.report, p.state.done = &done, true
		return p
	})
}
