package table

import (
	"context"
	"strings"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
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
	ctx context.Context, b *read.Book, rules judging.Rules, opts mapping.Options, emit func(WorkRow) error,
) ([]mapping.Mapping, []judging.Problem, error) {
	return readSheets(ctx, b, field.Works(), rules, opts, func(t *table, r *record) (bool, error) {
		row := t.work(r)
		return row.Rejected(), emit(row)
	})
}

// work makes a work of a record and checks it.
func (t *table) work(r *record) WorkRow {
	w := judging.Work{Source: judging.Place{File: t.File, Sheet: t.Sheet, Row: r.row}}
	w.Title = celltext.TidyLine(r.values[field.Title].Text)
	if w.Title == "" && !Fatal(r.problems) {
		t.tell(r, field.Title, true, "sheet.no_title", nil)
	}
	if celltext.Undecided(w.Title) {
		t.tell(r, field.Title, true, "sheet.undecided", nil)
	}
	w.Number = celltext.TidyLine(r.values[field.Number].Text)
	t.units(r, &w)
	w.Category = t.category(r)
	w.Group = t.group(r, w.Category, w.Unit)
	t.people(r, &w)
	t.reach(r, &w)
	w.Intro = celltext.TidyText(r.values[field.Intro].Text)
	w.FileName = celltext.JoinFiles(r.names[field.FileName])
	for f, v := range r.values {
		if !hasPlace[f] {
			r.keep(string(f), celltext.TidyText(v.Text))
		}
	}
	if said := r.more[consent.Field]; consent.Unclear(said) {
		t.tell(r, consent.Field, false, "sheet.unclear_consent", judging.Args{"Value": celltext.Clip(said)})
	}
	if len(r.more) > 0 {
		w.More = r.more
	}
	row := WorkRow{Work: w, Code: celltext.OwnCode(r.values[field.OwnCode].Text), Problems: r.problems}
	if len(r.problems) > 0 {
		row.Cells = r.cells
		for _, c := range t.ownCells(r) {
			row.Cells = append(row.Cells, c.Text)
		}
	}
	return row
}

// hasPlace are the fields that do not go into Work.More.
var hasPlace = map[field.Field]bool{
	field.Title:       true,
	field.Author:      true,
	field.Unit:        true,
	field.Sender:      true,
	field.Teacher:     true,
	field.Contact:     true,
	field.Phone:       true,
	field.Email:       true,
	field.IDCard:      true,
	field.Category:    true,
	field.Group:       true,
	field.Number:      true,
	field.OwnCode:     true,
	field.RowNo:       true,
	field.Intro:       true,
	field.FileName:    true,
	field.CoAuthor:    true,
	field.Leader:      true,
	field.ContactBoth: true,
	field.Role:        true,
	field.Meta:        true,
	field.Name:        true,
	field.Post:        true,
	field.Categories:  true,
	field.MaxLoad:     true,
	field.Away:        true,
}

// category resolves what the row, its section, or the title of the table say.
func (t *table) category(r *record) string {
	said := celltext.TidyLine(r.values[field.Category].Text)
	fields := []field.Field{field.Category, field.Form}
	if r.now[field.Category].Value != "" && said == "" {
		fields = nil // a section's line says more than the form of a work does
	}
	for _, f := range fields {
		text := celltext.TidyLine(r.values[f].Text)
		if name := t.Resolve(field.Category, text, celltext.MatchCategory); name != "" {
			return name
		}
	}
	if name := celltext.Mentioned(r.values[field.Group].Text, t.Categories); said == "" && name != "" { // 组别: 小学书法组
		return name
	}
	if said == "" {
		if name := t.ledger.Decide(propose.Category, t.saidOf(r, field.Category)); name != "" {
			return name
		}
	}
	switch args := (judging.Args{"Known": t.knownCategories()}); {
	case said == "" && !Fatal(r.problems):
		t.tell(r, field.Category, true, "sheet.no_category", args)
	case said != "":
		args["Value"] = celltext.Clip(said)
		t.tell(r, field.Category, true, "sheet.unknown_category", args)
	}
	return ""
}

func (t *table) knownCategories() string {
	var known []string
	for _, c := range t.Rules.Categories {
		known = append(known, c.Name)
	}
	return strings.Join(known, "、")
}

// group resolves the group; one that the rules do not know is reported and left empty.
func (t *table) group(r *record, category, unit string) string {
	said := celltext.TidyLine(r.values[field.Group].Text)
	if name := t.Resolve(field.Group, said, celltext.MatchGroup); name != "" {
		return name
	}
	if name := celltext.Mentioned(r.values[field.Category].Text, t.Groups); said == "" && name != "" { // 类别: 小学组书法
		return name
	}
	known := make([]string, 0, len(t.Rules.Groups))
	for _, g := range t.Rules.Groups {
		known = append(known, g.Name)
	}
	if said == "" && len(known) > 0 {
		if name := t.ledger.Decide(propose.Group, t.groupsSaid(r, unit)); name != "" {
			return name
		}
	}
	args := judging.Args{"Known": strings.Join(known, "、")}
	c, _ := t.Rules.Category(category)
	switch {
	case said != "" && len(known) > 0:
		args["Value"] = celltext.Clip(said)
		t.tell(r, field.Group, false, "sheet.unknown_group", args)
	case said != "":
		return said
	case len(c.Groups) > 0:
		t.tell(r, field.Group, false, "sheet.no_group", args)
	}
	return ""
}
