package page

import (
	"fayi/app/kit"
	"fayi/judging"
)

// MissingText says the rule for judges who do not hand in.
func MissingText(t kit.Texter, rule judging.Missing, least int) string {
	if rule == "" {
		rule = judging.Wait
	}
	return t.T("progress.missing_"+string(rule), judging.Args{"N": least})
}

// The sections of the rule editor.
const (
	RuleBasics     = "basics"
	RuleCategories = "categories"
	RuleGroups     = "groups"
	RuleRubrics    = "rubrics"
	RuleAwards     = "awards"
	RuleStage      = "stage"
	RulePreview    = "preview"
)
