package office_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// wholes has the second prize count over the whole contest, and both prizes together.
func wholes(t *testing.T, o *office.Office) judging.Rules {
	t.Helper()
	r := must1(o.Rules(t.Context()))
	r.Awards[1].Share = judging.Share{Count: 5, Whole: true}
	r.Totals = []terms.AwardTotal{{
		Awards: []string{"一等奖", "二等奖"}, Share: judging.Share{Percent: 50, Whole: true},
	}}
	return must1(o.RuleBook().SaveRules(t.Context(), r, true))
}

// Places over the whole contest are shown before they count, decided, explained, and said on the rule sheet; a rule
// file says them, too.
func TestPlacesOverTheWholeContestAreShownAndExplained(t *testing.T) {
	o := eight(t, "")
	r := must1(o.Rules(t.Context()))
	r.Awards[1].Share = judging.Share{Count: 5, Whole: true}
	weighed := must1(o.RuleBook().WeighRules(t.Context(), r))
	slot := weighed.Lists[0].Slots[1]
	if slot.Places != 5 || slot.Part == nil || slot.Part.Whole != 5 || slot.Part.Over != 8 || len(weighed.Open) > 0 {
		t.Errorf("%+v", weighed.Lists)
	}
	saved := wholes(t, o)
	decideNow(t, o)
	board := must1(o.Awards().AwardBoard(t.Context()))
	if n := len(board.Lists[0].Slots[1].Works); n != 3 { // half of eight are four, of which the first prize has one
		t.Errorf("%d second prizes", n)
	}
	if part := board.Lists[0].Slots[1].Part; part == nil || part.Places != 5 || part.Exact() != "5" {
		t.Errorf("%+v", part)
	}
	keys, _ := sayings(t, o, string(board.Lists[0].Slots[1].Works[0].Work))
	first, _ := sayings(t, o, string(board.Lists[0].Slots[0].Works[0].Work))
	if !slices.Contains(keys, "analysis.say_spread") || slices.Contains(first, "analysis.say_spread") {
		t.Errorf("%v, %v", keys, first)
	}
	var file bytes.Buffer
	must(t, o.RuleBook().ExportRules(t.Context(), &file))
	again := must1(rules.ParseRules(&file))
	if again.Hash() != withoutVersion(saved).Hash() || !again.Awards[1].Whole || !again.Totals[0].Whole {
		t.Errorf("%+v", again.Awards)
	}
	said := ""
	for _, s := range rules.TellRules(again, words(t)) {
		said += strings.Join(s.Lines, "\n")
	}
	for _, part := range []string{"二等奖 全部名单合计5 件", "最大余数法", "全部名单合计不超过参评数的 50%"} {
		if !strings.Contains(said, part) {
			t.Errorf("no %q in %s", part, said)
		}
	}
}

// Programs before this one would give the places in each list: they refuse to read such rules.
func TestOlderProgramsRefuseRulesOverTheWholeContest(t *testing.T) {
	cfg := config(t)
	plain := must1(rules.ParseRules(bytes.NewReader(rubrics.LegalCulture)))
	o, err := office.Create(t.Context(), cfg, "甲", "乙", plain)
	must(t, err)
	key := func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) }
	same := func(old []byte) ([]byte, error) { return old, nil }
	older := store.NewTable("rules", 5, key).Upgrade(1, same).Upgrade(2, same).Upgrade(3, same).Upgrade(4, same)
	read := func() error {
		now := must1(o.Rules(t.Context()))
		return cfg.DB.View(t.Context(), func(tx store.Tx) error {
			_, err := older.Get(tx, judging.Serial("v", 6, now.Version))
			return err
		})
	}
	must(t, read())
	must(t, hears(t, o))
	must(t, read())
	r := must1(o.Rules(t.Context()))
	r.Awards[0].Whole = true
	must1(o.RuleBook().SaveRules(t.Context(), r, true))
	wantCode(t, read(), judging.Corrupt, "store.newer_format")
}

// A list whose works stay may get more places when others are combined: the correction says so before it is made. Of
// five places three lists of eight have one each, and two stay open; then lists of 16 and 8 have three and two.
func TestCombinedListsMovePlacesOfOtherLists(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 24)}})
	r := must1(o.Rules(t.Context()))
	r.Awards[0].Share = judging.Share{Count: 5, Whole: true}
	weighed := must1(o.RuleBook().WeighRules(t.Context(), r))
	if len(weighed.Open) != 1 || weighed.Open[0].Places != 2 || len(weighed.Open[0].Lists) != 3 {
		t.Errorf("%+v", weighed.Open)
	}
	must1(o.RuleBook().SaveRules(t.Context(), r, true))
	merge := correction.Correction{From: "绘画", Set: map[string]string{"category": "书法"}, DryRun: true}
	moved := map[string]string{}
	for _, l := range bulk(t, o, merge).Lists {
		for _, p := range l.Places {
			if p.Award == r.Awards[0].Name {
				moved[l.Category] = fmt.Sprint(l.Was, l.Is, p.Was, p.Is)
			}
		}
	}
	if len(moved) != 3 || moved["书法"] != "8 16 1 3" || moved["绘画"] != "8 0 1 0" || moved["征文"] != "8 8 1 2" {
		t.Errorf("%v", moved)
	}
}
