package scoring

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/judging/audience"
	"fayi/judging/office"
)

// answered fills the texts of the last question and does its act.
func answered(t *testing.T, sh *kittest.Shell, texts ...string) {
	t.Helper()
	if q := sh.Asked[len(sh.Asked)-1]; q.Content != nil {
		fields := kittest.All[*field.Text](sh.Put(q.Content))
		for i, text := range texts {
			fields[i].SetText(text)
		}
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
}

// A list of votes is chosen, its source named, shown and taken; a second one is shown as what it changes before it
// replaces the first, and taking it back brings the first one back.
func TestVotesComeInShownBeforeTheyReplace(t *testing.T) {
	o := pagetest.WithPlan(t, 4)
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Audience = &audience.Rule{Weight: 30, By: audience.Share}
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	file := func(votes, extra string) string {
		lines := "作品编号,票数\n" + extra
		for _, w := range works[1:] {
			lines += fmt.Sprintf("%s,%s\n", w.Code, votes)
		}
		path := filepath.Join(t.TempDir(), "票数.csv")
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	sh := kittest.New(t)
	root := sh.Open(newAudiencePage(sh, o))
	if !kittest.Shows(root, "还没有收到票数表") || !kittest.Shows(root, "占 30%") {
		t.Errorf("%v", kittest.Texts(root))
	}
	holds := func() (out []string) {
		lists, err := o.Audience().Lists(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lists {
			out = append(out, l.State())
		}
		return out
	}
	sh.Path = file("7", "没有的作品,-1\n")
	kittest.Tap(t, root, "收下票数表…")
	answered(t, sh, "普法公众号", "11月1日至7日")
	q := sh.Asked[len(sh.Asked)-1]
	shown := sh.Put(q.Content)
	if !kittest.Shows(shown, string(works[0].Code)) || !kittest.Shows(shown, "小于 0") || len(holds()) > 0 {
		t.Errorf("%s: %v, %v", q.Text, kittest.Texts(shown), holds())
	}
	answered(t, sh)
	sh.Path = file("8", "")
	kittest.Tap(t, root, "收下票数表…")
	answered(t, sh)
	if q = sh.Asked[len(sh.Asked)-1]; q.Action != "替换" || !kittest.Shows(sh.Put(q.Content), "7 → 8") {
		t.Errorf("%q: %v", q.Action, kittest.Texts(sh.Put(q.Content)))
	}
	answered(t, sh)
	if got := fmt.Sprint(holds()); got != "[replaced holds]" {
		t.Error(got)
	}
	kittest.TapRow(t, root, "计入", 2)
	answered(t, sh, "平台更正")
	if got := fmt.Sprint(holds()); got != "[holds withdrawn]" || len(sh.Errors) > 0 {
		t.Error(got, sh.Errors)
	}
	pagetest.Shots(t, "audience", func(sh kit.Shell) kit.Page { return newAudiencePage(sh, o) })
}
