package judge_test

import (
	"os"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/judging/office"
)

// promised lets the rules of a contest ask for a pledge.
func promised(t *testing.T, o *office.Office, text string) {
	t.Helper()
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Pledge = "【评委姓名】承诺公正评审。\n" // two lines, the second one blank
	if r.Pledge += "不接受宴请。"; text != "" {
		r.Pledge = "另一种承诺"
	}
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
}

func TestThePledgeStandsBeforeTheListUntilItIsAccepted(t *testing.T) {
	o := newOffice(t, 4)
	promised(t, o, "")
	b := sit(t, o.Scoring().Desk("j001"))
	b.shows("评委承诺书", "评委A承诺公正评审。", "不接受宴请。", "交还电脑")
	if os.Getenv("FAYI_SHOTS") != "" {
		kittest.Shot(t, b.Win, "pledge-desk")
	}
	if kittest.Shows(b.root, "去评分") {
		t.Error("the list is shown before the pledge")
	}
	if faults := kittest.Faults(b.Win); len(faults) > 0 {
		t.Error(faults)
	}
	kittest.Tap(t, b.root, "我已阅读，接受承诺")
	b.shows("去评分")
	if list := b.duties(); list.Pledge.Open() {
		t.Errorf("%+v", list.Pledge)
	}
	kittest.Tap(t, b.root, "去评分")
	b.typing("7")
	promised(t, o, "另")
	b.page.Load()
	b.shows("另一种承诺")
	kittest.Tap(t, b.root, "我已阅读，接受承诺")
	b.shows("第 1 件 / 共 4 件")
}
