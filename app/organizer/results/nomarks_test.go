package results

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
)

// TestPagesOfMarksSayThatThereAreNone opens them in a round of votes.
func TestPagesOfMarksSayThatThereAreNone(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	votes := "\n[voting]\nkind = \"votes\"\nvotes = 1\n[combine]"
	file := strings.Replace(string(rubrics.LegalCulture), "\n[combine]", votes, 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(file), true); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(sh kit.Shell) kit.Page{
		"fairness": func(sh kit.Shell) kit.Page { return newFairnessPage(sh, page.StagesOf(o), "") },
		"severity": func(sh kit.Shell) kit.Page { return newSeverityPage(sh, page.StagesOf(o), "") },
		"charts":   func(sh kit.Shell) kit.Page { return newChartsPage(sh, page.StagesOf(o), "") },
	} {
		sh := kittest.New(t)
		root := sh.Open(open(sh))
		if !kittest.Shows(root, "本轮不打分") || !kittest.Shows(root, "本轮是投票") || len(sh.Errors) > 0 {
			t.Errorf("%s: %q, %v", name, kittest.Texts(root), sh.Errors)
		}
		kittest.Tap(t, root, "看结果")
		if len(sh.Routes) == 0 || sh.Routes[len(sh.Routes)-1].Kind != page.Results {
			t.Errorf("%s: %v", name, sh.Routes)
		}
	}
	pagetest.Shots(t, "results-nomarks", func(sh kit.Shell) kit.Page {
		return newFairnessPage(sh, page.StagesOf(o), "")
	})
}
