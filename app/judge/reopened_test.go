package judge_test

import (
	"testing"

	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestOnlyTheWorkOpenedAgainCanBeScoredAfterHandingIn(t *testing.T) {
	o := newOffice(t, 4)
	desk, d := handedIn(t, o)
	again, locked := d.Works[1].Code, d.Works[0].Code
	if _, err := o.Awards().SettleDispute(t.Context(), string(again), judging.Rescore, "", "分歧大"); err != nil {
		t.Fatal(err)
	}
	b := sit(t, asking{desk})
	b.shows("组织者请您再看一遍：" + string(again))
	kittest.TapRow(t, b.root, string(locked), 2)
	for _, f := range b.fields() {
		if !f.Entry().Disabled() {
			t.Error("a mark of another work can be changed")
		}
	}
	b = sit(t, asking{desk})
	kittest.Tap(t, b.root, "去看")
	b.shows("请您再看一遍这件作品")
	kittest.Tap(t, b.root, "保存并下一件 ↵")
	history, err := desk.History(t.Context(), again)
	if err != nil || len(history) != 2 || history[1].Total != 80 {
		t.Errorf("to stay by a score is not kept: %+v %v", history, err)
	}
}
