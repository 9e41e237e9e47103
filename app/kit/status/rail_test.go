package status_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/kittest"
	"fayi/app/kit/status"
)

func TestRailMarksStatesByShape(t *testing.T) {
	sh := kittest.New(t)
	var got string
	r := status.NewRail(func(k string) { got = k })
	root := sh.Put(r)
	r.SetStages([]status.Stage{
		{Key: "home", Title: "总览", State: status.Place}, {Key: "a", Title: "征集", Note: "638", State: status.Finished},
		{
			Key:   "b",
			Title: "审核",
			State: status.Next,
		}, {
			Key:   "c",
			Title: "分配",
			State: status.Stuck,
		}, {
			Key:   "d",
			Title: "评审",
			State: status.Ahead,
		},
	}, "a")
	if texts := kittest.Texts(root); !slices.Equal(texts, []string{"总览", "征集", "638", "2", "审核", "分配", "4", "评审"}) {
		t.Errorf("shown %q: done and stuck stages show a shape for their number, places none", texts)
	}
	if n := len(kittest.All[*widget.Icon](root)); n != 2 {
		t.Errorf("%d icons", n)
	}
	for _, c := range kittest.All[*canvas.Text](root) {
		if c.TextStyle.Bold != (c.Text == "审核" || c.Text == "2") {
			t.Errorf("%q: bold %v", c.Text, c.TextStyle.Bold)
		}
	}
	kittest.Tap(t, root, "评审")
	if got != "d" {
		t.Errorf("led to %q", got)
	}
}
