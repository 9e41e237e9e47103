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
	"fayi/judging/sheet/forms"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/superior"
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

// AwardListReport tells what an award list holds and of which moment it is.
type AwardListReport struct {
	Awards int             `json:"awards"`
	Path   string          `json:"path"`
	State  records.State   `json:"state"`
	Open   []records.Point `json:"open_points"` // what the list goes out with
}

// awardBook is all that an award list is made of, as of one moment.
type awardBook struct {
	contest judging.Contest
	won     []awards.Award
	rows    []forms.Row // for a superior's own form
	rules   judging.Rules
	options mapping.Options
	state   records.State
	open    []records.Point

	shown bool // a notice stands: the list is not a draft any more
	said  map[judging.WorkID]superior.Said
}

func (o Stage) readAwards(ctx context.Context) (awardBook, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (b awardBook, err error) {
		if b.open, err = o.rec.Pass(ctx, tx, records.GateReport); err != nil {
			return b, err
		}
		if b.state, err = records.StateOf(tx); err != nil {
			return b, err
		}
		if b.contest, err = records.LoadContest(tx); err != nil {
			return b, err
		}
		if b.rules, err = records.LoadRules(tx); err != nil {
			return b, err
		}
		if b.options, err = intake.ReadOptions(tx, "", nil); err != nil {
			return b, err
		}
		if b.won, err = awards.ListAwards(ctx, tx); err != nil {
			return b, err
		}
		won := map[judging.WorkID]string{}
		for i, a := range b.won {
			won[a.Work] = a.Award
			w, err := records.LoadWork(tx, a.Work)
			if err != nil {
				return b, err
			}
			w.Unit = w.ShownUnit()
			b.rows = append(b.rows, forms.Row{No: i + 1, Work: w, Award: a.Award, Place: a.Place})
		}
		notice, err := records.Standing(tx)
		if err != nil {
			return b, err
		}
		b.shown = notice != nil
		b.said, err = records.SaidNow(tx, won)
		return b, err
	})
}

// ReportAwards writes the award list to path as an Excel workbook, or as a plain table where path ends in .csv, and
// returns how many awards it holds. Errors: as WriteAwards.
func (o Stage) ReportAwards(ctx context.Context, path string, req AwardListRequest, words paper.Words) (int, error) {
	r, err := o.WriteAwards(ctx, path, req, words)
	return r.Awards, err
}

// WriteAwards writes the award list as it was last decided, with the moment of the journal that it is of. Errors:
// Closed when no awards are decided, *records.OpenError, Invalid for an unknown form, for a template that cannot be
// filled and for a folder's path, Unavailable.
func (o Stage) WriteAwards(
	ctx context.Context, path string, req AwardListRequest, words paper.Words,
) (AwardListReport, error) {
	b, err := o.readAwards(ctx)
	if err != nil {
		return AwardListReport{}, err
	}
	if len(b.won) == 0 {
		return AwardListReport{}, judging.Fail(judging.Closed, "awards.none", nil)
	}
	if _, known := awardForms[req.Form]; req.Form != "" && !known {
		return AwardListReport{}, judging.Fail(judging.Invalid, "report.unknown_form", judging.Args{"Form": req.Form})
	}
	out := AwardListReport{Awards: len(b.won), Path: path, State: b.state, Open: b.open}
	return out, records.WriteFile(path, func(w io.Writer) error {
		if err := o.writeAwards(w, b, filepath.Ext(path), req, words); err != nil || !b.shown {
			return err
		}
		return records.KeepIssued(ctx, o.rec, records.IssuedList, b.said) // without it there is no paper either
	})
}

// writeAwards writes the list in the form asked for.
func (o Stage) writeAwards(
	w io.Writer, b awardBook, ext string, req AwardListRequest, words paper.Words,
) error {
	columns, known := awardForms[req.Form]
	switch {
	case req.Template != "":
		_, err := forms.Fill(w, req.Template, filepath.Base(req.Template), b.rows, b.rules, b.options)
		return err
	case strings.EqualFold(ext, ".csv"):
		return paper.WritePaperCSV(w, awardTable(b.won, req.Scores, words))
	}
	list := paper.AwardList{Title: req.Title, Contest: b.contest.Name, OneSheet: req.OneSheet || known,
		Columns: columns, Host: b.contest.Host, Rehearsal: b.contest.Rehearsal,
		Date: records.ChineseDate(o.rec.Now()), Note: b.state.Note(b.open, words),
		Sections: awards.AwardSections(b.won, req.Scores)}
	if list.Title == "" {
		list.Title = words("report.award_list_title", map[string]any{"Contest": b.contest.Name})
	}
	return paper.WriteAwardList(w, list, words)
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
	grid := paper.Grid{Name: words("report.works_sheet", nil), Rows: rows, Head: 1, Words: words}
	return len(list), records.WriteFile(path, func(w io.Writer) error {
		return paper.WriteGrids(w, []paper.Grid{grid})
	})
}
