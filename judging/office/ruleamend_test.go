package office_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/office/rules"
)

func TestRulesAreAmendedByAPieceOfARuleFile(t *testing.T) {
	o := newOffice(t)
	was, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	next, err := rules.AmendRules(was, "alternates = 5\ntie_at_cut = \"hold\"")
	if err != nil || next.Alternates != 5 || next.TieAtCut != judging.TieHold ||
		len(next.Categories) != len(was.Categories) {
		t.Fatalf("%+v %v", next, err)
	}
	for name, text := range map[string]string{
		"no TOML":            "alternates",
		"an unknown key":     "prize = 3",
		"an impossible rule": "alternates = -1",
	} {
		if _, err := rules.AmendRules(was, text); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	saved, err := o.RuleBook().SaveRules(t.Context(), next, false)
	if err != nil || saved.Version != was.Version+1 {
		t.Fatalf("%+v %v", saved, err)
	}
	next.Categories = nil
	if _, err := o.RuleBook().SaveRules(t.Context(), next, true); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("rules without a category: %v", err)
	}
	if now, err := o.Rules(t.Context()); err != nil || now.Version != saved.Version {
		t.Fatalf("%+v %v", now, err)
	}
}

func TestEachListTellsItsPlacesBeforeAnyScore(t *testing.T) {
	r := judging.Rules{
		Awards: []judging.Award{{
			Name:  "一等奖",
			Share: judging.Share{Percent: 20, Rounding: judging.Up},
		}, {
			Name:  "二等奖",
			Share: judging.Share{Count: 2},
		}},
		Categories: []judging.Category{{Name: "书法", Groups: []string{"小学组"}}, {Name: "摄影"}},
	}
	works := map[judging.WorkID]judging.Work{}
	add := func(id, category, group string, status judging.WorkStatus) {
		works[judging.WorkID(id)] = judging.Work{
			ID:       judging.WorkID(id),
			Category: category,
			Group:    group,
			Status:   status,
		}
	}
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		add(id, "书法", "小学组", judging.Accepted)
		add(id+"x", "书法", "成人组", map[bool]judging.WorkStatus{true: judging.Accepted, false: judging.Rejected}[i == 0])
	}
	got, _ := rules.PlacesOf(r, works)
	if len(got) != 3 || got[0].Works != 6 || got[0].Slots[0].Places != 2 || got[0].Slots[1].Places != 2 ||
		got[1].Group != "" || got[1].Works != 1 || got[1].Slots[1].Places != 1 || got[2].Works != 0 ||
		got[2].Slots[0].Places != 0 {
		t.Fatalf("%+v", got)
	}
}
