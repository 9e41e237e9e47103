package paper

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/score"
)

// ScoreSheet is what a judge gets to fill in with a spreadsheet program: blind numbers and titles, nothing of
// authors.
type ScoreSheet struct {
	Contest judging.ContestID
	Duties  judging.Duties
	Ballots map[judging.WorkCode]judging.Ballot // what the judge already said, to be filled in; may be nil
	Bases   map[judging.WorkCode]string         // of the works, as judging.Ballot.Base; nil: the sheet has none
	// the judge has calibration works too: they are not in the sheet, which says so
	Calibration bool
}

// WriteScoreSheet writes one judge's score sheet as xlsx: a sheet for each category in the order of the duties, the
// rubrics, and the identity by which ReadScoreSheet knows it again. Equal input gives equal bytes. Errors: Invalid
// when a category has no rubric or there is nothing to score; those of w.
func WriteScoreSheet(w io.Writer, s ScoreSheet, words Words) error {
	pages, err := s.pages()
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	taken := map[string]bool{}
	var names []string
	for i := range pages {
		pages[i].name = safeSheetName(pages[i].category, taken)
		pages[i].fit(words)
		names = append(names, pages[i].name)
	}
	rubrics := safeSheetName(words("paper.rubric_sheet", nil), taken)
	hidden := safeSheetName("_fayi", taken)
	if err := nameSheets(f, append(names, rubrics, hidden)); err != nil {
		return err
	}
	if err := f.SetSheetVisible(hidden, false, true); err != nil {
		return err
	}
	k := newInk(f)
	for _, p := range pages {
		if err := p.write(k, s, words); err != nil {
			return err
		}
	}
	if err := writeRubrics(k, rubrics, pages, s.Duties.Voting != nil, words); err != nil {
		return err
	}
	if err := s.writeIdentity(f, hidden); err != nil {
		return err
	}
	if k.err != nil {
		return k.err
	}
	return writeBook(w, f, s.Duties.Contest)
}

func (s ScoreSheet) identity() score.SheetIdentity {
	d := s.Duties
	return score.SheetIdentity{
		Contest:   s.Contest,
		Judge:     d.Judge,
		Round:     d.Round,
		Plan:      d.Plan,
		TotalOnly: d.TotalOnly,
		Format:    s.format(),
	}
}

// format is the oldest one that has all that the sheet asks.
func (s ScoreSheet) format() int {
	format := score.PlainFormat
	for _, r := range s.Duties.Rubrics {
		switch {
		case r.Optional():
			return score.SheetFormat
		case len(r.Vetoes) > 0:
			format = score.FlagsFormat
		}
	}
	return format
}

// pages groups the duties by category, categories and works in the judge's order.
func (s ScoreSheet) pages() ([]scorePage, error) {
	var pages []scorePage
	at := map[string]int{}
	for _, d := range s.Duties.Works {
		i, seen := at[d.Category]
		if !seen {
			rubric, known := s.Duties.Rubrics[d.Category]
			if !known || len(rubric.Criteria) == 0 {
				return nil, judging.Fail(judging.Invalid, "paper.no_rubric", judging.Args{"Category": d.Category})
			}
			i = len(pages)
			at[d.Category] = i
			pages = append(pages, scorePage{category: d.Category, rubric: rubric, voting: s.Duties.Voting})
		}
		pages[i].works = append(pages[i].works, d)
		pages[i].grouped = pages[i].grouped || d.Group != ""
	}
	if len(pages) == 0 {
		return nil, judging.Fail(judging.Invalid, "paper.no_duties", nil)
	}
	return pages, nil
}

type sheetCell struct {
	cell  string
	value any
}

// writeIdentity fills the hidden sheet. The same line stands under every table, so that it outlives programs that
// drop hidden sheets.
func (s ScoreSheet) writeIdentity(f *excelize.File, hidden string) error {
	id := s.identity()
	rows := []sheetCell{
		{"A1", id.IdentityLine()},
		{"A2", "contest"}, {"B2", string(id.Contest)},
		{"A3", "judge"}, {"B3", string(id.Judge)},
		{"A4", "round"}, {"B4", int(id.Round)},
		{"A5", "plan"}, {"B5", id.Plan},
		{"A6", "format"}, {"B6", id.Format},
	}
	for i, d := range s.Duties.Works {
		if base, known := s.Bases[d.Code]; known && !strings.Contains(base, "|") {
			rows = append(
				rows,
				sheetCell{fmt.Sprintf("A%d", 8+i), id.BaseLine(d.Code, score.RowBase{
					Base:  base,
					Title: score.TitleHash(d.Title),
				})},
			)
		}
	}
	for _, r := range rows {
		if err := f.SetCellValue(hidden, r.cell, r.value); err != nil {
			return err
		}
	}
	if err := f.ProtectSheet(hidden, &excelize.SheetProtectionOptions{}); err != nil {
		return err
	}
	if err := f.SetDefinedName(&excelize.DefinedName{
		Name:     "Fayi_Sheet",
		RefersTo: "'" + hidden + "'!$A$1",
	}); err != nil {
		return err
	}
	return f.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true})
}
