package organizer

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestTheRoundEndsByTheRuleAndIsReopened(t *testing.T) {
	o := pagetest.AtWork(t)
	sh := kittest.New(t)
	p := pageOf(sh, o, kit.Route{Kind: page.Progress})
	root := sh.Open(p)
	kittest.Tap(t, root, "结束评分…")
	if len(sh.Errors) != 1 || judging.CodeOf(sh.Errors[0]) != judging.Closed {
		t.Fatal("a round that waits was closed", sh.Errors)
	}
	var b strings.Builder
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader("missing_judges = \"needs\"\nmin_scores = 2\n"+b.String()), true); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, root, "结束评分…")
	q := sh.Asked[0]
	if q.Check == "" || !strings.Contains(q.Text, "缺 4 位评委") || !strings.Contains(q.Text, "少于 2 个") {
		t.Fatalf("%+v", q)
	}
	q.Content.(*kit.TextField).SetText("评委生病")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "评委生病") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "重新开放…")
	sh.Asked[1].Content.(*kit.TextField).SetText("评委回来了")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	rules := pageOf(sh, o, kit.Route{Kind: page.Rules})
	if root := sh.Open(rules); !kittest.Shows(root, "评分少于 2 个的作品不排名次") {
		t.Error("the rules page does not state the rule")
	}
}
