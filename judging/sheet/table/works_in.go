package table

import (
	"context"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/read"
)

// WorkRow is one work as a sheet tells it, with what is wrong with it. The work has no identity, code or status;
// Source is its first row; Category and Group are the names the rules use.
type WorkRow struct {
	Work     judging.Work
	Code     judging.WorkCode // of the work that the row is about, in a list that this program wrote; else ""
	Problems []judging.Problem
	Cells    []string // of a row with problems, as they stand, by the columns of its sheet's Mapping; else nil
}

// Rejected reports whether a problem keeps the row from being a work.
func (r WorkRow) Rejected() bool { return Fatal(r.Problems) }

// Fatal reports whether any of the problems is fatal.
func Fatal(list []judging.Problem) bool {
	for _, p := range list {
		if p.Fatal {
			return true
		}
	}
	return false
}

// ReadWorks reads the works of a book and calls emit for each, in order. It returns how each sheet was understood
// and what is wrong with sheets as a whole: a sheet that cannot be understood is a fatal problem when no other
// sheet holds works, a note else. The error is ctx's, emit's, or a judging.Error when the file breaks off.
func ReadWorks(
	ctx context.Context, b *read.Book, rules judging.Rules, opts ReadOptions, emit func(WorkRow) error,
) ([]Mapping, []judging.Problem, error) {
	return readSheets(ctx, b, works(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.work(r)
		return row.Rejected(), emit(row)
	})
}

// work makes a work of a record and checks it.
func (t *table) work(r *record) WorkRow {
	w := judging.Work{Source: judging.Place{File: t.File, Sheet: t.Sheet, Row: r.row}}
	w.Title = tidyLine(r.values[FieldTitle].Text)
	if w.Title == "" && !Fatal(r.problems) {
		t.tell(r, FieldTitle, true, "sheet.no_title", nil)
	}
	if undecided(w.Title) {
		t.tell(r, FieldTitle, true, "sheet.undecided", nil)
	}
	w.Number = tidyLine(r.values[FieldNumber].Text)
	t.units(r, &w)
	w.Category = t.category(r)
	w.Group = t.group(r, w.Category, w.Unit)
	t.people(r, &w)
	t.reach(r, &w)
	w.Intro = tidyText(r.values[FieldIntro].Text)
	w.FileName = joinFiles(r.names[FieldFileName])
	for f, v := range r.values {
		if !hasPlace[f] {
			r.keep(string(f), tidyText(v.Text))
		}
	}
	if len(r.more) > 0 {
		w.More = r.more
	}
	row := WorkRow{Work: w, Code: ownCode(r.values[fieldOwnCode].Text), Problems: r.problems}
	if len(r.problems) > 0 {
		row.Cells = r.cells
		for _, c := range t.ownCells(r) {
			row.Cells = append(row.Cells, c.Text)
		}
	}
	return row
}

// undecidedWords stand where a title or a name is still to come.
var undecidedWords = wordSet("待定 待补 待填 待报 待确定 待补充 待提交 待上报 待填写 未定 未确定 暂定 暂缺 暂未定 tbd tba todo 待完善")

func undecided(text string) bool {
	return len(text) <= 24 && undecidedWords[strings.Trim(judging.Fold(text), "()《》[]【】:。.")]
}

// hasPlace are the fields that do not go into Work.More.
var hasPlace = map[Field]bool{
	FieldTitle:       true,
	FieldAuthor:      true,
	FieldUnit:        true,
	FieldSender:      true,
	FieldTeacher:     true,
	FieldContact:     true,
	FieldPhone:       true,
	FieldEmail:       true,
	FieldIDCard:      true,
	FieldCategory:    true,
	FieldGroup:       true,
	FieldNumber:      true,
	fieldOwnCode:     true,
	FieldRowNo:       true,
	FieldIntro:       true,
	FieldFileName:    true,
	FieldCoAuthor:    true,
	FieldLeader:      true,
	FieldContactBoth: true,
	fieldRole:        true,
	fieldMeta:        true,
	FieldName:        true,
	FieldPost:        true,
	FieldCategories:  true,
	FieldMaxLoad:     true,
	FieldAway:        true,
}

// category resolves what the row, its section, or the title of the table say.
func (t *table) category(r *record) string {
	said := tidyLine(r.values[FieldCategory].Text)
	fields := []Field{FieldCategory, FieldForm}
	if r.now[FieldCategory].Value != "" && said == "" {
		fields = nil // a section's line says more than the form of a work does
	}
	for _, f := range fields {
		text := tidyLine(r.values[f].Text)
		if name := t.resolve(FieldCategory, text, matchCategory); name != "" {
			return name
		}
	}
	if name := mentioned(r.values[FieldGroup].Text, t.categories); said == "" && name != "" { // 组别: 小学书法组
		return name
	}
	if said == "" {
		if name := t.ledger.Decide(propose.Category, t.saidOf(r, FieldCategory)); name != "" {
			return name
		}
	}
	switch args := (judging.Args{"Known": t.knownCategories()}); {
	case said == "" && !Fatal(r.problems):
		t.tell(r, FieldCategory, true, "sheet.no_category", args)
	case said != "":
		args["Value"] = clip(said)
		t.tell(r, FieldCategory, true, "sheet.unknown_category", args)
	}
	return ""
}

func (t *table) knownCategories() string {
	var known []string
	for _, c := range t.rules.Categories {
		known = append(known, c.Name)
	}
	return strings.Join(known, "、")
}

// resolve finds the name for text and remembers it: a column holds few different texts.
func (t *table) resolve(f Field, text string, match func(judging.Rules, string) (string, bool)) string {
	if text == "" {
		return ""
	}
	seen := t.memo[f]
	if seen == nil || len(seen) > 1000 {
		seen = map[string]string{}
		t.memo[f] = seen
	}
	name, ok := seen[text]
	if !ok {
		name, _ = match(t.rules, text)
		seen[text] = name
	}
	return name
}

// group resolves the group; one that the rules do not know is reported and left empty.
func (t *table) group(r *record, category, unit string) string {
	said := tidyLine(r.values[FieldGroup].Text)
	if name := t.resolve(FieldGroup, said, matchGroup); name != "" {
		return name
	}
	if name := mentioned(r.values[FieldCategory].Text, t.groups); said == "" && name != "" { // 类别: 小学组书法
		return name
	}
	known := make([]string, 0, len(t.rules.Groups))
	for _, g := range t.rules.Groups {
		known = append(known, g.Name)
	}
	if said == "" && len(known) > 0 {
		if name := t.ledger.Decide(propose.Group, t.groupsSaid(r, unit)); name != "" {
			return name
		}
	}
	args := judging.Args{"Known": strings.Join(known, "、")}
	c, _ := t.rules.Category(category)
	switch {
	case said != "" && len(known) > 0:
		args["Value"] = clip(said)
		t.tell(r, FieldGroup, false, "sheet.unknown_group", args)
	case said != "":
		return said
	case len(c.Groups) > 0:
		t.tell(r, FieldGroup, false, "sheet.no_group", args)
	}
	return ""
}

// clip shortens a text for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

func joinFiles(cells []read.Cell) string {
	var names []string
	for _, c := range cells {
		for _, n := range strings.FieldsFunc(c.Text, func(r rune) bool {
			return strings.ContainsRune("、;；┋|\n\r", r)
		}) {
			if n = judging.Tidy(n); !isEmpty(n) {
				names = append(names, n)
			}
		}
	}
	return strings.Join(names, "、")
}
