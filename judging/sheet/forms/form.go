// Package forms fills works into the Excel forms of superiors, whose look it keeps.
package forms

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/text"
)

// Row is one work as it goes into a superior's form.
type Row struct {
	No    int
	Work  judging.Work
	Award string
	Place int
	Files []string // names under which its files go along
}

// Report says how a form was understood.
type Report struct {
	Mapping mapping.Mapping `json:"mapping"`
	Filled  []string        `json:"filled"` // headers of the columns that were filled
	Left    []string        `json:"left"`   // headers of the columns that stay empty: nothing is known for them
	Room    int             `json:"room"`   // empty rows that the form offers; more are inserted where need be
}

// formBytes is the largest form that is read: 20 MiB, 256 MiB unpacked.
const formBytes = 20 << 20

// Fill fills works into a superior's own Excel form, the file at path, and writes the filled book to w; a nil w
// only says how the form is understood. Styles, merged cells, formulas, notes and other sheets stay; rows are
// inserted above what stands below the table, in the look of the rows there. opts are as for ReadWorks. Errors:
// Invalid for a file that is no xlsx, is protected, or has no table header with the titles of works; those of w.
func Fill(
	w io.Writer, path, name string, rows []Row, rules judging.Rules, opts mapping.Options,
) (report Report, err error) {
	defer func() { read.Guard(name, &err, recover()) }()
	m, err := understandForm(path, name, rules, opts)
	if err != nil {
		return Report{}, err
	}
	f, err := excelize.OpenFile(path, excelize.Options{
		UnzipSizeLimit:    bomb.Form.Total,
		UnzipXMLSizeLimit: bomb.Form.Part,
	})
	if err != nil {
		return Report{}, grid.FileError(name, "sheet.form_unreadable", nil).Because(err)
	}
	defer f.Close()
	// the kind of book follows from the extension of the name; path may be one without
	f.Path = name
	// this error alone says that it is not protected
	if err := f.UnprotectSheet(m.Sheet, "\x00"); !errors.Is(err, excelize.ErrUnprotectSheet) {
		return Report{}, grid.FileError(name, "sheet.form_protected", judging.Args{"Sheet": m.Sheet})
	}
	form := form{f: f, name: name, Mapping: m, first: m.FirstRow}
	if err := form.look(); err != nil {
		return Report{}, err
	}
	report = form.report(rows)
	if w == nil {
		return report, nil
	}
	if err := form.fill(rows); err != nil {
		return report, grid.FileError(name, "sheet.form_unreadable", nil).Because(err)
	}
	var whole bytes.Buffer // so that a failure leaves nothing half written
	if err := f.Write(&whole); err != nil {
		return report, grid.FileError(name, "sheet.form_unreadable", nil).Because(err)
	}
	_, err = whole.WriteTo(w)
	return report, err
}

// understandForm finds the one sheet with a header of works.
func understandForm(path, name string, rules judging.Rules, opts mapping.Options) (mapping.Mapping, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > formBytes {
		args := judging.Args{"Part": "xlsx", "Limit": formBytes >> 20}
		return mapping.Mapping{}, grid.FileError(name, "sheet.too_big", args)
	}
	b, err := read.Open(path, name, grid.Limits{})
	if err != nil {
		return mapping.Mapping{}, err
	}
	defer b.Close()
	if !b.IsXLSX() {
		return mapping.Mapping{}, grid.FileError(name, "sheet.form_not_xlsx", nil)
	}
	samples, err := table.Preview(b, rules, opts, 1)
	if err != nil {
		return mapping.Mapping{}, err
	}
	for _, s := range samples {
		if len(s.Mapping.Of(field.Title)) > 0 && !s.Mapping.Card && !s.Mapping.Sideways &&
			len(s.Mapping.HeaderRows) > 0 && !table.Fatal(s.Problems) {
			return s.Mapping, nil
		}
	}
	return mapping.Mapping{}, grid.FileError(name, "sheet.form_no_header", nil)
}

// form is a superior's form being filled.
type form struct {
	f    *excelize.File
	name string
	mapping.Mapping
	first int // row of the table's body
	room  int // rows of the body that may be filled
	last  int // columns of the sheet, counted from 1

	examples []int // rows
}

// look counts the rows below the header that wait to be filled.
func (m *form) look() error {
	cells, err := m.f.GetRows(m.Sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return grid.FileError(m.name, "sheet.form_unreadable", nil).Because(err)
	}
	merged, err := m.f.GetMergeCells(m.Sheet, true)
	if err != nil {
		return grid.FileError(m.name, "sheet.form_unreadable", nil).Because(err)
	}
	broad := map[int]bool{} // rows below the table that one cell spans: notes, signatures
	for _, c := range merged {
		left, top, err := excelize.CellNameToCoordinates(c.GetStartAxis())
		right, _, err2 := excelize.CellNameToCoordinates(c.GetEndAxis())
		if err == nil && err2 == nil && top >= m.first && right-left+1 > len(m.Columns)/2 {
			broad[top] = true
		}
	}
	for _, c := range m.Columns {
		m.last = max(m.last, c.Index+1)
	}
	for _, row := range cells {
		m.last = max(m.last, len(row))
	}
	for row := m.first; row <= len(cells) && !broad[row] && m.waits(row, cells[row-1]); row++ {
		m.room++
	}
	if m.room == 0 && len(cells) < m.first {
		m.room = 1 // nothing below the header
	}
	return nil
}

// waits reports whether a row of the form is there to be filled: it is empty but for a running number and formulas,
// or it is an example, which goes.
func (m *form) waits(row int, cells []string) bool {
	if slices.ContainsFunc(cells, isExample) {
		m.examples = append(m.examples, row)
		return true
	}
	for i, text := range cells {
		if strings.TrimSpace(text) == "" || m.formulaAt(i) {
			continue
		}
		j := slices.IndexFunc(m.Columns, func(c mapping.Column) bool { return c.Index == i })
		if _, err := strconv.Atoi(text); err != nil || j < 0 || m.Columns[j].Field != field.RowNo {
			return false
		}
	}
	return true
}

// exampleMark is what says that a row is an example: a cell of its own or the beginning of one.
var exampleMark = regexp.MustCompile(`^[(（【]?(例|示例|样例|举例|例如)([)）】:：]|$)`)

func isExample(text string) bool { return exampleMark.MatchString(judging.Fold(text)) }

// clearExamples empties the rows of examples, formulas aside.
func (m *form) clearExamples() error {
	for _, row := range m.examples {
		for col := 1; col <= m.last; col++ {
			if formula, err := m.f.GetCellFormula(m.Sheet, grid.Ref(col, row)); err != nil || formula != "" {
				continue
			}
			if err := m.f.SetCellValue(m.Sheet, grid.Ref(col, row), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// formulaAt reports whether the column holds formulas in the first row of the body: then what stands in it is
// computed, not written.
func (m *form) formulaAt(column int) bool {
	formula, err := m.f.GetCellFormula(m.Sheet, grid.Ref(column+1, m.first))
	return err == nil && formula != ""
}

func (m *form) report(rows []Row) Report {
	r := Report{Mapping: m.Mapping, Filled: []string{}, Left: []string{}, Room: m.room}
	for i, c := range m.Columns {
		// the second half of a merged header
		if m.formulaAt(c.Index) || i > 0 && c.Field == field.None && c.Header == m.Columns[i-1].Header {
			continue
		}
		if c.Field == field.RowNo ||
			slices.ContainsFunc(rows, func(row Row) bool { return m.value(row, c) != "" }) {
			r.Filled = append(r.Filled, c.Header)
		} else {
			r.Left = append(r.Left, c.Header)
		}
	}
	return r
}

// fill makes room and writes the rows.
func (m *form) fill(rows []Row) error {
	if err := m.clearExamples(); err != nil {
		return err
	}
	if err := m.makeRoom(len(rows)); err != nil {
		return err
	}
	for i, row := range rows {
		for _, c := range m.Columns {
			at := grid.Ref(c.Index+1, m.first+i)
			if formula, err := m.f.GetCellFormula(m.Sheet, at); err != nil || formula != "" {
				continue
			}
			if err := m.set(at, row, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *form) set(at string, row Row, c mapping.Column) error {
	switch text := text.Written(m.value(row, c)); {
	case c.Field == field.RowNo:
		return m.f.SetCellInt(m.Sheet, at, int64(row.No))
	case text != "":
		return m.f.SetCellStr(m.Sheet, at, text)
	}
	return nil
}
