package office_test

import (
	"strings"
	"testing"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office/rules"
	"fayi/judging/terms"
)

// described is everything that a rule sheet says of rules, in a language.
func described(c *assets.Catalogue, r judging.Rules, lang string) string {
	var all []string
	for _, s := range rules.TellRules(r, c.In(lang).T) {
		all = append(all, s.Head)
		all = append(all, s.Lines...)
	}
	return strings.Join(all, "\n")
}

// A leader signs the rules as the sheet describes them, so each setting must be described, in both languages.
func TestARuleSheetTellsEachSetting(t *testing.T) {
	r, err := rules.ParseRules(strings.NewReader(withRules("", "")))
	must(t, err)
	c, err := assets.Load()
	must(t, err)
	usual := map[string]string{"zh": described(c, r, "zh-Hans"), "en": described(c, r, "en")}
	share := judging.Share{Percent: 40}
	first := r.Categories[0].Name
	for name, one := range map[string]struct {
		change func(*judging.Rules)
		says   string // in Chinese
	}{
		"more judges for one category": {func(r *judging.Rules) { r.Categories[0].PerWork = 7 }, first},
		"a mark for each criterion":    {func(r *judging.Rules) { r.TotalOnly = false }, ""},
		"the plain mean":               {func(r *judging.Rules) { r.Combine.Method = judging.Mean }, ""},
		"standard scores":              {func(r *judging.Rules) { r.Official = judging.ZScore }, ""},
		"severity taken off":           {func(r *judging.Rules) { r.Official = judging.Additive }, ""},
		"by confidence":                {func(r *judging.Rules) { r.Official = judging.Confidence }, ""},
		"by reliability":               {func(r *judging.Rules) { r.Official = judging.Hier }, ""},
		"no steps for ties":            {func(r *judging.Rules) { r.Ties = nil }, ""},
		"each step for ties": {func(r *judging.Rules) {
			r.Ties = []judging.TieStep{judging.TieRange, judging.TieTop, judging.TieCriteria, judging.TieAllScores}
		}, "4)"},
		"a quota of one list": {func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{Category: first, Award: "一等奖", Share: share}}
		}, "40%"},
		"a bound for units, described": {func(r *judging.Rules) { r.Caps = judging.Caps{PerUnit: 17} }, "17"},
		"a bound that is enforced": {func(r *judging.Rules) {
			r.Caps = judging.Caps{
				PerAuthor: 19,
				Enforce:   true,
			}
		}, "19"},
		"three next in line":      {func(r *judging.Rules) { r.Alternates = 13 }, "13"},
		"children by surname":     {func(r *judging.Rules) { r.Minors = terms.Surname }, ""},
		"disputes from 23 points": {func(r *judging.Rules) { r.Dispute = judging.Dispute{Range: 23} }, "23"},
		"disputes scored anew": {func(r *judging.Rules) {
			r.Dispute = judging.Dispute{
				Range: 23,
				Exit:  judging.Rescore,
			}
		}, "23"},
		"disputes talked over": {func(r *judging.Rules) {
			r.Dispute = judging.Dispute{
				Range: 23,
				Exit:  judging.Consensus,
			}
		}, "23"},
		"disputes taken as they are": {func(r *judging.Rules) {
			r.Dispute = judging.Dispute{
				Range: 23,
				Exit:  judging.Accept,
			}
		}, "23"},
		"the least score": {func(r *judging.Rules) { r.Awards[0].MinScore = 88.5 }, "88.5"},
		"a fixed number":  {func(r *judging.Rules) { r.Awards[0].Share = judging.Share{Count: 29} }, "29"},
		"another rubric in a second round, by weight": {func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{
				Name:    "复评",
				Take:    share,
				PerWork: 5,
				Carry:   judging.Weighted,
				Weight:  0.6,
				Rubrics: map[string]string{first: "终评标准"},
			}}
		}, "终评标准"},
		"a second round that counts alone": {func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", Take: share, Carry: judging.Replace}}
		}, "复评"},
		"rounds that count as one": {func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", Take: share, Carry: judging.Pooled}}
		}, "复评"},
	} {
		r, err := rules.ParseRules(strings.NewReader(withRules("", ""))) // slices of its own
		must(t, err)
		one.change(&r)
		zh, en := described(c, r, "zh-Hans"), described(c, r, "en")
		if zh == usual["zh"] || en == usual["en"] || !strings.Contains(zh, one.says) {
			t.Errorf("%s is not described:\n%s", name, zh)
		}
		for lang, text := range map[string]string{"Chinese": zh, "English": en} {
			if strings.Contains(text, "rulesheet.") || strings.Contains(text, "<no value>") {
				t.Errorf("%s has no words in %s:\n%s", name, lang, text)
			}
		}
	}
}
