package report

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// AwardListRequest says how the award list is to look.
type AwardListRequest struct {
	Title    string // of the paper; "" makes one from the contest's name
	OneSheet bool   // one list of all categories, else a sheet for each
	Scores   bool   // show official scores: not for publication
	Form     string // "city" or "province": the columns in the order that such offices ask for, on one sheet
	Template string // path of a superior's own Excel form, which is filled instead
}

// awardForms are the columns of the lists that offices above ask for.
var awardForms = map[string][]paper.AwardColumn{
	"city": {
		paper.AwardNo, paper.AwardCategory, paper.AwardGroup, paper.AwardTitle, paper.AwardAuthors, paper.AwardUnit,
		paper.AwardTeachers, paper.AwardName,
	},
	"province": {
		paper.AwardNo, paper.AwardName, paper.AwardTitle, paper.AwardCategory, paper.AwardAuthors, paper.AwardUnit,
		paper.AwardTeachers,
	},
}

// ReportAwards writes the award list to path as an Excel workbook, or as a plain table where path ends in .csv, and
// returns how many awards it holds. Errors: Closed when no awards are decided, Invalid for an unknown form and for
// a template that cannot be filled, Unavailable.
func (o Stage) ReportAwards(ctx context.Context, path string, req AwardListRequest, words paper.Words) (int, error) {
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return 0, err
	}
	won, err := awards.Of(o.rec).ListAwards(ctx)
	if err != nil {
		return 0, err
	}
	if len(won) == 0 {
		return 0, judging.Fail(judging.Closed, "awards.none", nil)
	}
	if req.Template != "" {
		return len(won), o.fillAwards(ctx, path, req.Template, won)
	}
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return len(won), records.WriteFile(path, func(w io.Writer) error {
			return paper.WritePaperCSV(w, awardTable(won, req.Scores, words))
		})
	}
	columns, known := awardForms[req.Form]
	if req.Form != "" && !known {
		return 0, judging.Fail(judging.Invalid, "report.unknown_form", judging.Args{"Form": req.Form})
	}
	list := paper.AwardList{
		Title:     req.Title,
		Contest:   c.Name,
		OneSheet:  req.OneSheet || known,
		Columns:   columns,
		Host:      c.Host,
		Rehearsal: c.Rehearsal,
	}
	if list.Title == "" {
		list.Title = words("report.award_list_title", map[string]any{"Contest": c.Name})
	}
	list.Date = records.ChineseDate(o.rec.Now())
	list.Sections = awards.AwardSections(won, req.Scores)
	err = records.WriteFile(path, func(w io.Writer) error { return paper.WriteAwardList(w, list, words) })
	return len(won), err
}

// fillAwards fills a superior's own form with all winners.
func (o Stage) fillAwards(ctx context.Context, path, form string, awards []awards.Award) error {
	var rows []paper.FormRow
	var rules judging.Rules
	var opt table.ReadOptions
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		rows = nil
		var err error
		if rules, err = records.LoadRules(tx); err != nil {
			return err
		}
		if opt, err = intake.ReadOptions(tx, "", nil); err != nil {
			return err
		}
		for i, a := range awards {
			w, err := records.LoadWork(tx, a.Work)
			if err != nil {
				return err
			}
			rows = append(rows, paper.FormRow{No: i + 1, Work: w, Award: a.Award, Place: a.Place})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return records.WriteFile(path, func(w io.Writer) error {
		_, err := paper.FillForm(w, form, filepath.Base(form), rows, rules, opt)
		return err
	})
}

// awardTable is the list as a plain table.
func awardTable(awards []awards.Award, scores bool, words paper.Words) paper.Paper {
	var p paper.Paper
	keys := []string{"no", "category", "group", "award", "title", "authors", "unit", "teachers"}
	if scores {
		keys = append(keys, "place", "score")
	}
	for _, k := range keys {
		p.Columns = append(p.Columns, paper.PaperColumn{Head: words("paper.award_head_"+k, nil)})
	}
	for i, a := range awards {
		row := []any{
			i + 1, a.Category, a.Group, a.Award, a.Title, strings.Join(a.Authors, "、"), a.Unit,
			strings.Join(a.Teachers, "、"), a.Place, a.Official,
		}
		p.Rows = append(p.Rows, row[:len(keys)])
	}
	return p
}

// ExportWorks writes all works that pass the filter as a plain Excel table, personal data included: it is for the
// organiser.
func (o Stage) ExportWorks(ctx context.Context, path string, f records.WorkFilter, words paper.Words) (int, error) {
	list, err := o.rec.Works(ctx, f)
	if err != nil {
		return 0, err
	}
	header := []any{}
	for _, k := range []string{
		"code", "number", "title", "category", "group", "authors", "unit", "sender", "teachers", "contact", "phone",
		"status", "files",
	} {
		header = append(header, words("report.work_"+k, nil))
	}
	rows := [][]any{header}
	for _, w := range list {
		rows = append(rows, []any{
			string(w.Code), w.Number, w.Title, w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit, w.Sender,
			strings.Join(w.Teachers, "、"),
			w.Contact,
			w.Phone,
			words("work.status_"+string(w.Status), nil),
			len(w.Files),
		})
	}
	grid := paper.Grid{Name: words("report.works_sheet", nil), Rows: rows}
	return len(list), records.WriteFile(path, func(w io.Writer) error {
		return paper.WriteGrids(w, []paper.Grid{grid})
	})
}
