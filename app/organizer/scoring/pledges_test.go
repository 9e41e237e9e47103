package scoring

import (
	"path/filepath"
	"testing"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

// The page notes what was signed on paper and takes it back; without a pledge in the rules it says where to set one.
func TestPledgesAreNotedTakenBackAndPrinted(t *testing.T) {
	o := pagetest.WithPlan(t, 4)
	p := newPledgesPage(nil, page.PapersOf(o))
	all, err := p.office.Pledges(t.Context())
	if err != nil || all.Text != "" || len(all.Judges) > 0 {
		t.Fatalf("%+v %v", all, err)
	}
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Pledge = "公正评审"
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
	if err := p.office.NotePledge(t.Context(), "j001", false, ""); err != nil {
		t.Fatal(err)
	}
	if all, err = p.office.Pledges(t.Context()); err != nil || len(all.Judges) < 3 {
		t.Fatalf("%+v %v", all, err)
	}
	for _, j := range all.Judges {
		if (j.Judge == judging.JudgeID("j001")) == j.At.IsZero() {
			t.Errorf("%+v", j)
		}
	}
	words := func(key string, _ map[string]any) string { return key }
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := p.office.PrintPledges(t.Context(), path, "", words); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "pledges", func(sh kit.Shell) kit.Page { return newPledgesPage(sh, page.PapersOf(o)) })
}
