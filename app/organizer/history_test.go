package organizer

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestTheHistoryTellsWhoDidWhatAndThatNobodyAlteredIt(t *testing.T) {
	o, sh := pagetest.NewContest(t), kittest.New(t)
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "单雄信"}); err != nil {
		t.Fatal(err)
	}
	p := newHistoryPage(sh, page.StagesOf(o))
	root := sh.Open(p)
	if d := p.all[0]; d.what != "添加或修改评委 1 位" || d.of != "单雄信" || d.by != "组织者" {
		t.Errorf("newest: %+v", d)
	}
	if first := p.all[len(p.all)-1]; first.what != "建立了征集" || first.seq != 1 {
		t.Errorf("oldest: %+v", first)
	}
	kittest.Tap(t, root, "核对记录")
	if n := sh.Told[len(sh.Told)-1]; n.Text == "" ||
		n.Text != sh.T("history.sound", judging.Args{"N": len(p.all), "Files": 0}) {
		t.Errorf("told %+v", n)
	}
}

// TestAFileToCompareWithIsChosen by the dialog, which then compares with it.
func TestAFileToCompareWithIsChosen(t *testing.T) {
	o, sh := pagetest.NewContest(t), kittest.New(t)
	backup, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root := sh.Open(newHistoryPage(sh, page.StagesOf(o)))
	for path, told := range map[string]string{backup: "现在的日志是从那里接着写的", "": ""} {
		kittest.Tap(t, root, "和纸上印的核对…")
		q := sh.Asked[len(sh.Asked)-1]
		sh.Path = path
		kittest.Tap(t, sh.Put(q.Content), "选一个文件…")
		err := q.Do()
		if path == "" {
			if err != kit.ErrShown || !kittest.Shows(sh.Put(q.Content), "这一项必须填写") {
				t.Error("nothing was chosen, and that is not said at its field:", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if n := sh.Told[len(sh.Told)-1]; n.Tone != look.Done || !strings.Contains(n.Text, told) {
			t.Errorf("%s: %+v", path, n)
		}
	}
}

func TestPagesAreFoundByTitleAndPinyin(t *testing.T) {
	sh := kittest.New(t)
	p := newSearchPage(sh, page.StagesOf(pagetest.NewContest(t)))
	root := sh.Open(p)
	for _, typed := range []string{"证书", "hjzs", "zhengshu"} {
		p.entry.SetText(typed)
		if hits := p.table.Rows(); len(hits) != 1 || hitRoute(hits[0]).Kind != page.Certificates {
			t.Errorf("%s: found %+v", typed, hits)
		}
	}
	p.entry.SetText("没有这样的")
	if !kittest.Shows(root, sh.T("search.nothing", nil)) {
		t.Error("that nothing was found is not said")
	}
	for _, p := range titled {
		if sh.T(p.title, nil) == p.title {
			t.Errorf("no title for %s", p.kind)
		}
	}
}
