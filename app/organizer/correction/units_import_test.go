package correction

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

const unitsCSV = "单位名称,类型,联系人,电话,邮箱,限报数,开户行号\n单位1,学校,甲某,13800138000,jia@example.com,5,x\n" +
	"示例县单位2,学校,乙某,13800138001,,,\n,学校,丙某,,,,\n"

func unitsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "单位.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAListOfUnitsIsPreviewedImportedAndTakenBackInTheWindow(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh, p, root := pagetest.Open(t, func(sh kit.Shell) *unitsPage { return newUnitsPage(sh, page.StagesOf(o), nil) })
	if kittest.Shows(root, "撤销单位名单") || kittest.Shows(root, "不在名单") {
		t.Errorf("before an import: %q", kittest.Texts(root))
	}
	p.importFile(unitsFile(t, unitsCSV))
	if len(sh.Asked) != 1 {
		t.Fatalf("%d questions", len(sh.Asked))
	}
	shown := sh.Put(sh.Asked[0].Content)
	for _, text := range []string{"单位 2 行 + 有问题 1 行", "开户行号", "这一行没有单位名称", "可能就是“单位2”"} {
		if !kittest.Shows(shown, text) {
			t.Errorf("the preview does not say %s: %q", text, kittest.Texts(shown))
		}
	}
	if list, err := o.Units().ListUnits(t.Context()); err != nil || list.Lists {
		t.Fatalf("the preview wrote: %v", err)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	kittest.TapRow(t, root, "单位1", 1)
	for _, text := range []string{"撤销单位名单", "不在名单", "甲某", "13800138000"} {
		if !kittest.Shows(root, text) {
			t.Errorf("the page does not say %s: %q", text, kittest.Texts(root))
		}
	}
	sh.Told[len(sh.Told)-1].Do()
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if kittest.Shows(root, "撤销单位名单") || kittest.Shows(root, "不在名单") {
		t.Errorf("taken back: %q", kittest.Texts(root))
	}
	p.importFile(unitsFile(t, "单位名称,电话\n,13800138000\n"))
	if q := sh.Asked[len(sh.Asked)-1]; q.Action != "" || q.Text == "" {
		t.Errorf("nothing to read: %+v", q)
	}
}
