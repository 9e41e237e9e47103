package intake

import (
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// cameAgain is a contest with three works, and a list in which one is changed, one gone and one new.
func cameAgain(t *testing.T) (*office.Office, string) {
	t.Helper()
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "表.csv")
	head := "作品名称,作者,类别,组别,单位,联系电话\n"
	pagetest.Write(t, path, []byte(head+"光,甲,摄影,成人组,一小,\n影,乙,摄影,成人组,一小,\n声,丙,摄影,成人组,一小,\n"))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	pagetest.Write(t, path, []byte(head+"光,甲,摄影,成人组,一小,13900000001\n声,丙,摄影,成人组,一小,\n色,丁,摄影,成人组,一小,\n"))
	return o, path
}

func TestAListThatCameAgainIsTakenRowByRow(t *testing.T) {
	o, path := cameAgain(t)
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), path)
	root := sh.Open(p)
	for _, want := range []string{"变化 3", "消失", "电话：（空） → 13900000001", "导入 2 件"} {
		if !kittest.Shows(root, want) {
			t.Errorf("no %q in %q", want, kittest.Texts(root))
		}
	}
	for _, r := range p.diff.table.Rows() {
		p.diff.table.Tick(r.key(), r.status == gone || r.status == string(judging.RowChanged))
	}
	kittest.Tap(t, root, "导入 1 件，撤回 1 件")
	all, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(all) != 3 || all[0].Phone != "13900000001" || all[1].Status != judging.Withdrawn ||
		all[1].Reason == "" {
		t.Fatalf("%+v %v", all, err)
	}
}

func TestNoTickBringsNothingIn(t *testing.T) {
	o, path := cameAgain(t)
	sh := kittest.New(t)
	p := newImportPage(sh, page.StagesOf(o), path)
	sh.Open(p)
	p.diff.table.TickAll(false)
	p.onImport()
	all, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(all) != 3 || all[0].Phone != "" {
		t.Fatalf("%+v %v", all, err)
	}
}

func TestTheDifferenceFits(t *testing.T) {
	o, path := cameAgain(t)
	pagetest.Shots(t, "import-diff", func(sh kit.Shell) kit.Page { return newImportPage(sh, page.StagesOf(o), path) })
}
