package rules

import (
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
)

// Criteria are marked as such that need not apply by pressing their names; that the last one may not be is said.
func TestCriteriaThatNeedNotApplyAreChosen(t *testing.T) {
	sh, p, root := editing(t, page.RuleRubrics)
	n := &p.draft.Rules.Rubrics[p.rubric]
	wrong := sh.T("rules.none_applies", map[string]any{"Where": n.Name})
	for i := range n.Criteria {
		if n.Criteria[i].Optional || kittest.Shows(root, wrong) {
			t.Fatalf("%+v", n.Criteria[i])
		}
		kittest.TapText(t, root, n.Criteria[i].Name)
		if !n.Criteria[i].Optional {
			t.Fatalf("%s is not marked", n.Criteria[i].Name)
		}
	}
	if !kittest.Shows(root, wrong) || len(p.faults) != 1 {
		t.Errorf("not told that none must be marked: %+v, %q", p.faults, kittest.Texts(root))
	}
	kittest.TapText(t, root, n.Criteria[0].Name)
	if n.Criteria[0].Optional || kittest.Shows(root, wrong) || len(p.faults) > 0 {
		t.Errorf("%+v %+v", n.Criteria[0], p.faults)
	}
	kittest.Shot(t, sh.Win, "rules-optional")
}
