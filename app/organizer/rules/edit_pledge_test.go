package rules

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

// A pledge is turned on by its tick, with the usual text in it, and off again; one that is emptied by hand is a fault
// at its field, not turned off in silence.
func TestThePledgeIsTurnedOnWrittenAndTurnedOff(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleBasics)
	root := sh.Open(p)
	kittest.Tap(t, root, "评委打分前要接受承诺书")
	if text := string(p.draft.Rules.Pledge); !strings.Contains(text, "【评委姓名】") {
		t.Fatalf("turned on, the pledge is %q", text)
	}
	if !kittest.Shows(sh.Win.Content(), "承诺书的文字") {
		t.Error("its text can't be changed")
	}
	p.onSave()
	if r, err := o.Rules(t.Context()); err != nil || r.Pledge != p.draft.Rules.Pledge {
		t.Errorf("saved is %q, %v", r.Pledge, err)
	}
	p.draft.Rules.Pledge = " "
	p.changed()
	if !kittest.Shows(sh.Win.Content(), "承诺书里没有文字") {
		t.Error("an empty pledge is no fault")
	}
	kittest.Tap(t, sh.Win.Content(), "评委打分前要接受承诺书")
	if p.draft.Rules.Pledge != "" {
		t.Errorf("turned off, the pledge is %q", p.draft.Rules.Pledge)
	}
	pagetest.Shots(t, "rules-pledge", func(sh kit.Shell) kit.Page {
		return newEditRulesPage(sh, page.StagesOf(o), page.RuleBasics)
	})
}
