package report

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestWhatASuperiorWantsIsAskedAndKept(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	p := newBatchesPage(sh, page.PapersOf(o), "")
	root := sh.Open(p)
	kittest.Tap(t, root, "上级要求…")
	form := sh.Put(sh.Asked[0].Content)
	fields := kittest.All[*kit.TextField](form)
	fields[0].SetText(" 某市司法局 ")
	fields[1].SetText("书法三件")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("quotas nobody can read: %v", err)
	}
	fields[1].SetText("书法：1、摄影=2")
	kittest.All[*kit.NumberField](form)[0].SetValue(3)
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
	all, err := o.Report().Superiors(t.Context())
	if err != nil || all[0].Name != "某市司法局" || all[0].Total != 3 || all[0].Quotas["书法"] != 1 ||
		all[0].Naming != judging.UsualNaming {
		t.Fatalf("%+v %v", all, err)
	}
	sh.Put(p.Content())
	p.Load()
	p.onWants()
	form = sh.Put(sh.Asked[1].Content)
	if got := kittest.All[*kit.TextField](form)[1].Text(); got != "书法=1 摄影=2" {
		t.Errorf("asked again it shows %q", got)
	}
	path := t.TempDir() + "/汇总表.xlsx"
	pagetest.Write(t, path, []byte("不是表格"))
	sh.Path = path
	kittest.Tap(t, form, "选上级的汇总表…")
	if !kittest.Shows(form, "表格：汇总表.xlsx") {
		t.Errorf("%q", kittest.Texts(form))
	}
	if err := sh.Answer(t); err != nil || len(sh.Errors) != 1 {
		t.Errorf("a form that is no table was taken: %v %v", err, sh.Errors)
	}
}
