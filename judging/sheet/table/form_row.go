package table

import (
	"strings"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/sheet/celltext"
)

// FormRow checks a work that came with its fields named, as a row of a list is checked: the category and the group are
// those of the rules, or a problem says so.
func FormRow(rules judging.Rules, w judging.Work) WorkRow {
	row := WorkRow{Work: w}
	tell := func(fatal bool, text string, args judging.Args) {
		row.Problems = append(row.Problems, judging.Problem{Place: w.Source, Text: text, Args: args, Fatal: fatal})
	}
	if w.Title == "" {
		tell(true, "sheet.no_title", nil)
	}
	var known []string
	for _, c := range rules.Categories {
		known = append(known, c.Name)
	}
	args := judging.Args{"Known": strings.Join(known, "、")}
	category, ok := rules.Category(w.Category)
	switch {
	case w.Category == "":
		tell(true, "sheet.no_category", args)
	case !ok:
		if row.Work.Category, ok = rules.MatchCategory(w.Category); !ok {
			args["Value"] = celltext.Clip(w.Category)
			tell(true, "sheet.unknown_category", args)
		}
	}
	var groups []string
	for _, g := range rules.Groups {
		groups = append(groups, g.Name)
	}
	args = judging.Args{"Known": strings.Join(groups, "、")}
	group, ok := rules.MatchGroup(w.Group)
	switch {
	case w.Group == "" && len(category.Groups) > 0:
		tell(false, "sheet.no_group", args)
	case w.Group != "" && len(groups) > 0 && !ok:
		args["Value"] = celltext.Clip(w.Group)
		tell(false, "sheet.unknown_group", args)
		row.Work.Group = ""
	case ok:
		row.Work.Group = group
	}
	if said := w.More[consent.Field]; consent.Unclear(said) {
		tell(false, "sheet.unclear_consent", judging.Args{"Value": celltext.Clip(said)})
	}
	if len(row.Problems) > 0 {
		row.Cells = []string{w.Title, w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit}
	}
	return row
}
