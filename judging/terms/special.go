package terms

import (
	"slices"

	"fayi/judging/text"
)

// SpecialPrize 单项奖 goes to single works as well as their awards, across lists: 最佳创意奖, or the best work of the contest.
type SpecialPrize struct {
	Name string    `toml:"name" json:"name"`
	By   SpecialBy `toml:"by" json:"by"`
	// with ByCriterion: whose mean mark counts, in every rubric that has it
	Criterion string `toml:"criterion,omitempty" json:"criterion,omitempty"`
	// awards whose works can get it; none: every work with a place
	From []string `toml:"from,omitempty" json:"from,omitempty"`
	// how many of each Per; works equal to the last one get it too. With ByNomination: at most, 0 for any number
	Count int        `toml:"count" json:"count"`
	Per   SpecialPer `toml:"per,omitempty" json:"per,omitempty"`
}

// SpecialBy says what decides a SpecialPrize.
type SpecialBy string

// The ways. Scores and marks are compared as parts of their full marks.
const (
	ByScore      SpecialBy = "score"      // the official score
	ByCriterion  SpecialBy = "criterion"  // the mean mark of one criterion in the last round
	ByNomination SpecialBy = "nomination" // the organiser's word, with a reason
	ByAudience   SpecialBy = "audience"   // the votes of an audience alone
)

// SpecialPer says over what a SpecialPrize counts.
type SpecialPer string

// The fields of a SpecialPrize.
const (
	PerContest  SpecialPer = ""
	PerCategory SpecialPer = "category"
	PerGroup    SpecialPer = "group"
	PerUnit     SpecialPer = "unit"
)

// specialWords are the words of SpecialBy and SpecialPer.
const specialWords = "score, criterion, nomination, audience, category, group, unit"

// FieldOf names where a work competes for the prize; "" where it competes with every other, or has no such field.
func (p SpecialPrize) FieldOf(category, group, unit string) string {
	switch p.Per {
	case PerCategory:
		return category
	case PerGroup:
		return group
	case PerUnit:
		return text.Fold(unit)
	}
	return ""
}

// SpecialNamed returns the prize called name, ok false where there is none.
func SpecialNamed(all []SpecialPrize, name string) (SpecialPrize, bool) {
	for _, p := range all {
		if p.Name == name {
			return p, true
		}
	}
	return SpecialPrize{}, false
}

// SpecialsHear reports whether one of the prizes goes by votes of an audience.
func SpecialsHear(all []SpecialPrize) bool {
	return slices.ContainsFunc(all, func(p SpecialPrize) bool { return p.By == ByAudience })
}

// SpecialField is what else rules say that special prizes depend on.
type SpecialField struct {
	Names    map[string]bool // of other prizes; Check adds to it
	Awards   []string
	Criteria []string // of all rubrics
	// works are placed by sums of ranks or, in some round, by votes
	Scoreless bool
	Totals    bool // a judge may give a total alone, or votes
}

// Check calls bad for each thing that can't be meant, with a catalogue key and what its text needs.
func (f SpecialField) Check(all []SpecialPrize, bad func(key string, args map[string]any)) {
	for _, p := range all {
		args := map[string]any{
			"Name": p.Name, "Criterion": p.Criterion, "Value": p.Count, "Where": p.Name, "Known": specialWords,
		}
		if p.Name == "" || f.Names[p.Name] {
			bad("rules.name_twice", map[string]any{"Where": "special_awards", "Name": p.Name})
		}
		f.Names[p.Name] = true
		if slices.Contains(f.Awards, p.Name) {
			bad("rules.special_is_award", args)
		}
		for _, award := range p.From {
			if !slices.Contains(f.Awards, award) {
				bad("rules.unknown_name", map[string]any{"Where": p.Name, "Value": award})
			}
		}
		key, word := f.fault(p)
		if word != "" {
			args["Value"] = word
		}
		if key != "" {
			bad(key, args)
		}
	}
}

// fault tells why a prize can't be decided, with the word that is wrong; "" where it can.
func (f SpecialField) fault(p SpecialPrize) (key, word string) {
	switch p.Per {
	case PerContest, PerCategory, PerGroup, PerUnit:
	default:
		return "rules.unknown_word", string(p.Per)
	}
	same := func(c string) bool { return text.Fold(c) == text.Fold(p.Criterion) }
	switch {
	case p.By != ByScore && p.By != ByCriterion && p.By != ByNomination && p.By != ByAudience:
		return "rules.unknown_word", string(p.By)
	case p.Count < 0 || p.Count == 0 && p.By != ByNomination:
		return "rules.special_count", ""
	case p.By != ByCriterion && p.Criterion != "":
		return "rules.special_criterion_unused", ""
	case p.By == ByScore && f.Scoreless:
		return "rules.special_ranks", ""
	case p.By == ByCriterion && !slices.ContainsFunc(f.Criteria, same):
		return "rules.special_no_criterion", ""
	case p.By == ByCriterion && f.Totals:
		return "rules.special_totals", ""
	}
	return "", ""
}
