package report

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

func TestWhatASuperiorWantsIsAskedAndKept(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	p := newBatchesPage(sh, page.PapersOf(o), "")
	root := sh.Open(p)
	kittest.Tap(t, root, "上级要求…")
	form := sh.Put(sh.Asked[0].Content)
	fields := kittest.All[*field.Text](form)
	fields[0].SetText(" 某市司法局 ")
	fields[1].SetText("书法三件")
	if err := sh.Answer(t); err != kit.ErrShown || fields[1].Wrong() == "" {
		t.Fatalf("quotas nobody can read: %v, at the field %q", err, fields[1].Wrong())
	}
	fields[1].SetText("书法：1、摄影=2")
	kittest.All[*field.Number](form)[0].SetValue(3)
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
	all, err := o.Report().Superiors(t.Context())
	if err != nil || all[0].Name != "某市司法局" || all[0].Total != 3 || all[0].Quotas["书法"] != 1 ||
		all[0].Naming != superior.UsualNaming {
		t.Fatalf("%+v %v", all, err)
	}
	sh.Put(p.Content())
	p.Load()
	p.onWants()
	form = sh.Put(sh.Asked[1].Content)
	if got := kittest.All[*field.Text](form)[1].Text(); got != "书法=1 摄影=2" {
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

func TestABatchIsSummedUpPackedLookedAtAndWithdrawn(t *testing.T) {
	sh := kittest.New(t)
	o := pagetest.Awarded(t, 12)
	p := newBatchesPage(sh, page.PapersOf(o), "")
	root := sh.Open(p)
	sh.Path = t.TempDir()
	kittest.Tap(t, root, "打包上报…")
	sum := sh.Asked[len(sh.Asked)-1]
	for _, want := range []string{"第 1 批，报市级：", "件没有文件", sh.Path} {
		if !strings.Contains(sum.Text, want) {
			t.Errorf("the summary %q lacks %q", sum.Text, want)
		}
	}
	if all, _ := o.Report().Batches(t.Context()); len(all) != 0 {
		t.Fatal("packed before the summary was confirmed")
	}
	if err := sh.Answer(t); err != nil { // the summary
		t.Fatal(err)
	}
	if err := sh.Answer(t); err != nil { // what the gate asks about
		t.Fatal(err)
	}
	all, err := o.Report().Batches(t.Context())
	if err != nil || len(all) != 1 || len(sh.Errors) > 0 {
		t.Fatal(all, err, sh.Errors)
	}
	p.Load()
	kittest.Tap(t, root, "已打包 1 批")
	kittest.Tap(t, root, "撤回…")
	if n := len(sh.Told); sh.Told[n-1].Text != "请先点选一批。" {
		t.Errorf("nothing was selected, and told was %+v", sh.Told[n-1])
	}
	kittest.TapRow(t, root, "第1批", 2)
	inside := sh.Asked[len(sh.Asked)-1]
	if shown := kittest.Texts(sh.Put(inside.Content)); len(shown) < 3*len(all[0].Works) {
		t.Errorf("inside is %q", shown)
	}
	root = sh.Open(p)
	kittest.Tap(t, root, "已打包 1 批")
	kittest.TapRow(t, root, "第1批", 1)
	kittest.Tap(t, root, "撤回…")
	q := sh.Asked[len(sh.Asked)-1]
	if q.Check == "" || !q.Danger {
		t.Error("a withdrawal is done by one press")
	}
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("withdrawn without a reason: %v", err)
	}
	q.Content.(*field.Text).SetText("漏了附件")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "已撤回：漏了附件") {
		t.Errorf("%q", kittest.Texts(root))
	}
	if plan, _ := o.Report().PlanBatch(t.Context(), superior.City, nil); plan.Number != 2 || !p.proposes() {
		t.Errorf("the works are not free again: %+v", plan)
	}
}

func TestTheBatchesPageFits(t *testing.T) {
	o := pagetest.Awarded(t, 12)
	ctx := office.Ticking(t.Context(), "no_files", "notice_not_over", "objections")
	req := report.BatchRequest{To: superior.City, Dir: t.TempDir() + "/一"}
	b, err := o.Report().PackBatch(ctx, req, pagetest.Chinese(t).T, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Report().WithdrawBatch(t.Context(), b.Batch, "漏了两件作品的附件，重新打包"); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{partNext, partPast} {
		pagetest.Shots(t, "batches-"+part, func(sh kit.Shell) kit.Page {
			p := newBatchesPage(sh, page.PapersOf(o), "")
			p.part = part
			return p
		})
	}
}
