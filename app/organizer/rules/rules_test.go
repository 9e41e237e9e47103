package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestRulesAreExportedChangedAndLoaded(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "规则.toml")
	p := newRulesPage(sh, page.StagesOf(o))
	root := sh.Open(p)
	for _, want := range []string{"第 1 版", "一等奖", "参评件数的 4%（有小数进一）", "80 分，不到就空缺", "书法", "主题内容", "保留 2 位小数"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	choose := func(item string) {
		kittest.Tap(t, root, "规则文件 ▾")
		kittest.TapText(t, kittest.Top(sh.Win), item)
	}
	choose("导出规则文件")
	data, err := os.ReadFile(sh.Path)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Write(t, sh.Path, []byte(strings.Replace(string(data), "percent = 4.0", "percent = 5.0", 1)))
	choose("载入规则文件…")
	p.Load()
	if !kittest.Shows(root, "第 2 版") || !kittest.Shows(root, "5%") {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root)[:20])
	}
	pagetest.Write(t, sh.Path, []byte("title = "))
	choose("载入规则文件…")
	if len(sh.Errors) != 1 || judging.CodeOf(sh.Errors[0]) != judging.Invalid {
		t.Fatalf("%v", sh.Errors)
	}
	sh.Path = filepath.Join(t.TempDir(), "无此文件夹", "规则.toml")
	choose("导出规则文件")
	if len(sh.Errors) != 2 {
		t.Fatalf("%v", sh.Errors)
	}
}
