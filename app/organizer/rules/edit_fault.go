package rules

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
)

var ruleSections = []string{
	page.RuleBasics, page.RuleCategories, page.RuleGroups, page.RuleRubrics, page.RuleAwards, page.RuleStage,
	page.RulePreview,
}

// ruleFault is one thing that makes rules unusable: in which section it is, what it says, and what it speaks of.
type ruleFault struct {
	section, text string
	key, where    string
	name, label   string
	row           int // of a list, from 1
}

// ruleFaults says what Check finds, and what was written where a number should be.
func ruleFaults(t kit.Texter, r judging.Rules, bad map[string]string) []ruleFault {
	var out []ruleFault
	for _, id := range sortedIDs(bad) {
		section, _, _ := strings.Cut(id, "/")
		out = append(out, ruleFault{
			section: section, key: "number", where: id,
			text: t.T("ruleedit.no_number", judging.Args{"Value": bad[id]}),
		})
	}
	out = append(out, tooLong(t, r)...)
	for _, err := range r.Check() {
		f := ruleFault{text: t.Err(err)}
		var e *judging.Error
		if errors.As(err, &e) {
			f.key = e.Text
			f.where, _ = e.Args["Where"].(string)
			f.name, _ = e.Args["Name"].(string)
			f.label, _ = e.Args["Label"].(string)
			f.row, _ = e.Args["Row"].(int)
		}
		if f.key == "rules.name_twice" {
			f.text = t.T("ruleedit.name_twice", judging.Args{"Name": f.name})
		}
		f.section = sectionOf(f, r)
		out = append(out, f)
	}
	return out
}

// How many characters inputs of the form take; rules that come as a file are not bound by them.
const (
	titleMost   = 60
	formatsMost = 200
	phrasesMost = 1000
)

// tooLong finds what its input shows in red as too long: the foot of the page must not say that all is well.
func tooLong(t kit.Texter, r judging.Rules) (out []ruleFault) {
	look := func(section, where, label, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most {
			out = append(out, ruleFault{section: section, key: "too_long", where: where, text: t.T(
				"ruleedit.too_long", judging.Args{"Label": t.T(label, nil), "Limit": most, "Length": n},
			)})
		}
	}
	look(page.RuleBasics, "", "ruleedit.name", r.Title, titleMost)
	for _, c := range r.Categories {
		if c.Requires != nil {
			look(page.RuleCategories, c.Name, "ruleedit.formats", strings.Join(c.Requires.Formats, "、"), formatsMost)
		}
	}
	for _, n := range r.Rubrics {
		look(page.RuleRubrics, n.Name, "ruleedit.phrases", strings.Join(n.Phrases, "\n"), phrasesMost)
	}
	return out
}

// withoutBlank returns rules without the lines into which nothing was written.
func withoutBlank(r judging.Rules) judging.Rules {
	r = cloneRules(r)
	r.Categories = slices.DeleteFunc(r.Categories, func(c judging.Category) bool {
		return c.Name == "" && c.Prefix == "" && len(c.Alias) == 0 && c.PerWork == 0
	})
	r.Groups = slices.DeleteFunc(r.Groups, func(g judging.GroupRule) bool { return g.Name == "" && len(g.Alias) == 0 })
	r.Panels = slices.DeleteFunc(r.Panels, func(p judging.Panel) bool { return p == judging.Panel{} })
	r.Awards = slices.DeleteFunc(r.Awards, func(a judging.Award) bool { return a == judging.Award{} })
	r.Rubrics = slices.DeleteFunc(r.Rubrics, func(n judging.NamedRubric) bool {
		return n.Name == "" && len(n.Criteria)+len(n.Bands) == 0
	})
	for i := range r.Rubrics {
		n := &r.Rubrics[i]
		n.Criteria = slices.DeleteFunc(n.Criteria, func(c judging.Criterion) bool {
			return c.Name == "" && c.Weight == 0 && c.Hint == ""
		})
		n.Bands = slices.DeleteFunc(n.Bands, func(b judging.Band) bool { return b.Label == "" && b.From == 0 })
	}
	return r
}

// sectionOf says in which section a fault can be put right.
func sectionOf(f ruleFault, r judging.Rules) string {
	_, category := r.Category(f.where)
	switch f.key {
	case "rules.trim_from", "rules.trim_count", "rules.best", "rules.decimals", "rules.min_scores",
		"rules.rank_sum", "rules.rank_sum_points", "rules.voting_ranks", "rules.voting_pass", "rules.voting_other",
		"rules.voting_votes", "rules.voting_all", "rules.voting_rubrics", "rules.pledge_long", "rules.pledge_empty":
		return page.RuleBasics
	case "rules.stage":
		return page.RuleStage
	case "rules.prefix", "rules.no_category", "rules.bad_span", "rules.file_kind", "rules.file_format":
		return page.RuleCategories
	case "rules.bad_scale", "rules.criterion_name", "rules.criterion_weight", "rules.weights_sum",
		"rules.band_impossible", "rules.band_overlap", "rules.band_gap", "rules.limits", "rules.limits_sum",
		"rules.comment", "rules.veto", "rules.none_applies":
		return page.RuleRubrics
	case "rules.name_twice":
		if s, ok := map[string]string{
			"panels": page.RuleBasics, "groups": page.RuleGroups,
			"categories": page.RuleCategories, "rubrics": page.RuleRubrics,
		}[f.where]; ok {
			return s
		}
		return page.RuleAwards
	case "rules.per_work":
		if f.where == r.Title {
			return page.RuleBasics
		}
	}
	switch f.where {
	case "combine.method", "voting", "panels", "audience",
		"official", "ties", "tie_at_cut", "dispute.exit", "dispute.range",
		"minors",
		"missing_judges", "caps, alternates", "caps.unit", "feedback":
		return page.RuleBasics
	}
	if category &&
		(f.key == "rules.per_work" || f.key == "rules.no_rubric" || f.key == "rules.unknown_name" ||
			f.key == "rules.unknown_word") {
		return page.RuleCategories
	}
	return page.RuleAwards
}

// faultText returns the first fault that is meant, in words, or "".
func faultText(faults []ruleFault, meant func(ruleFault) bool) string {
	for _, f := range faults {
		if meant(f) {
			return f.text
		}
	}
	return ""
}

// keyed means the faults of a section with one of the keys.
func keyed(section string, keys ...string) func(ruleFault) bool {
	return func(f ruleFault) bool {
		for _, k := range keys {
			if f.section == section && f.key == k {
				return true
			}
		}
		return false
	}
}

// speaksOf means the faults of a section that speak of something by name, or of a number whose input is under id.
func speaksOf(section, id string, names ...string) func(ruleFault) bool {
	return func(f ruleFault) bool {
		if f.section != section {
			return false
		}
		if f.key == "number" {
			return strings.HasPrefix(f.where, id+"/")
		}
		for _, n := range names {
			if f.where == n ||
				f.name == n &&
					(f.key == "rules.name_twice" || f.key == "rules.criterion_name" ||
						f.key == "rules.criterion_weight") {
				return true
			}
		}
		return false
	}
}
