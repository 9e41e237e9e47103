package office

import (
	"context"
	"fmt"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet"
)

// AwardListRequest says how the award list is to look.
type AwardListRequest struct {
	Title    string // of the paper; "" makes one from the contest's name
	OneSheet bool   // one list of all categories, else a sheet for each
	Scores   bool   // show official scores: not for publication
}

// ReportAwards writes the award list to path as an Excel workbook and returns how many awards it holds. Errors: Closed when no awards are decided, Unavailable.
func (o *Office) ReportAwards(ctx context.Context, path string, req AwardListRequest, words sheet.Words) (int, error) {
	c, err := o.Contest(ctx)
	if err != nil {
		return 0, err
	}
	awards, err := o.Awards(ctx)
	if err != nil {
		return 0, err
	}
	if len(awards) == 0 {
		return 0, judging.Fail(judging.Closed, "awards.none", nil)
	}
	list := sheet.AwardList{Title: req.Title, Contest: c.Name, OneSheet: req.OneSheet, Host: c.Host, Rehearsal: c.Rehearsal}
	if list.Title == "" {
		list.Title = words("report.award_list_title", map[string]any{"Contest": c.Name})
	}
	now := o.now()
	list.Date = fmt.Sprintf("%d年%d月%d日", now.Year(), now.Month(), now.Day())
	list.Sections = awardSections(awards, req.Scores)
	err = writeFile(path, func(w io.Writer) error { return sheet.WriteAwardList(w, list, words) })
	return len(awards), err
}

// awardSections cuts the list where category or group changes; numbers begin anew in each.
func awardSections(awards []Award, scores bool) []sheet.AwardSection {
	var out []sheet.AwardSection
	for _, a := range awards {
		if n := len(out); n == 0 || out[n-1].Category != a.Category || out[n-1].Group != a.Group {
			out = append(out, sheet.AwardSection{Category: a.Category, Group: a.Group})
		}
		section := &out[len(out)-1]
		row := sheet.AwardRow{No: len(section.Rows) + 1, Award: a.Award, Title: a.Title, Authors: a.Authors, Unit: a.Unit, Teachers: a.Teachers}
		if scores {
			row.Score, row.Place = &a.Official, a.Place
		}
		section.Rows = append(section.Rows, row)
	}
	return out
}

// ExportWorks writes all works that pass the filter as a plain Excel table, personal data included: it is for the organiser.
func (o *Office) ExportWorks(ctx context.Context, path string, f WorkFilter, words sheet.Words) (int, error) {
	list, err := o.Works(ctx, f)
	if err != nil {
		return 0, err
	}
	header := []any{}
	for _, k := range []string{"code", "number", "title", "category", "group", "authors", "unit", "sender", "teachers", "contact", "phone", "status", "files"} {
		header = append(header, words("report.work_"+k, nil))
	}
	rows := [][]any{header}
	for _, w := range list {
		rows = append(rows, []any{string(w.Code), w.Number, w.Title, w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit, w.Sender,
			strings.Join(w.Teachers, "、"), w.Contact, w.Phone, words("work.status_"+string(w.Status), nil), len(w.Files)})
	}
	grid := sheet.Grid{Name: words("report.works_sheet", nil), Rows: rows}
	return len(list), writeFile(path, func(w io.Writer) error { return sheet.WriteGrids(w, []sheet.Grid{grid}) })
}

// fileName makes text fit to name a file on any system: no separators, no reserved signs, at most 80 characters.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s)
	s = strings.Trim(s, ". ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	if s == "" {
		s = "fayi"
	}
	return s
}
