package table_test

import (
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
)

func TestProblemsNarrowByKindAndOpenTheirLine(t *testing.T) {
	sh := kittest.New(t)
	p := table.NewProblems(sh)
	opened := -1
	p.OnOpen = func(i int) { opened = i }
	root := sh.Put(p)
	if !kittest.Shows(root, "没有问题") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	p.SetLines([]table.ProblemLine{
		{
			Kind:  "缺姓名",
			Place: "第 2 行",
			Text:  "甲",
			Tone:  look.Problem,
		}, {
			Kind:  "电话有误",
			Place: "第 3 行",
			Text:  "乙",
			Tone:  look.Waiting,
		},
		{Kind: "缺姓名", Place: "第 4 行", Text: "丙", Tone: look.Problem},
	})
	kittest.Tap(t, root, "电话有误")
	if kittest.Shows(root, "第 2 行") || !kittest.Shows(root, "第 3 行") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	kittest.TapRow(t, root, "第 3 行", 2)
	if opened != 1 {
		t.Errorf("opened line %d", opened)
	}
}
