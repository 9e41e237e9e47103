package status_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
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

// TestRailDrawsOnlyWhatReadsOtherwise: each page of the window marks another entry, and all the others stay.
func TestRailDrawsOnlyWhatReadsOtherwise(t *testing.T) {
	sh := kittest.New(t)
	r := status.NewRail(func(string) {})
	root := sh.Put(r)
	stages := []status.Stage{
		{Key: "home", Title: "总览", State: status.Place, Icon: theme.HomeIcon()},
		{Key: "a", Title: "征集", Note: "638", State: status.Finished},
		{Key: "b", Title: "审核", State: status.Next, Holds: []string{"b2"}},
		{Key: "c", Title: "分配", State: status.Ahead},
	}
	entries := func() map[string]*button.Press {
		out := map[string]*button.Press{}
		for _, p := range kittest.All[*button.Press](root) {
			for _, words := range kittest.Texts(p) {
				out[words] = p
			}
		}
		return out
	}
	r.SetStages(stages, "home")
	before := entries()
	r.SetStages(stages, "b2")
	moved := entries()
	stages[1].Note = "639"
	stages = append(stages, status.Stage{Key: "d", Title: "评审", State: status.Ahead})
	r.SetStages(stages, "b2")
	after := entries()
	for words, kept := range map[string][2]bool{
		"总览": {false, true}, "征集": {true, false}, "审核": {false, true}, "分配": {true, true},
	} {
		if got := [2]bool{before[words] == moved[words], moved[words] == after[words]}; got != kept {
			t.Errorf("%s kept %v, want %v", words, got, kept)
		}
	}
	if want := []string{"总览", "征集", "639", "2", "审核", "3", "分配", "4", "评审"}; !slices.Equal(kittest.Texts(root), want) {
		t.Errorf("shown %q", kittest.Texts(root))
	}
}
