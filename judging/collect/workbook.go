package collect

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/sheet/formkey"
	"fayi/judging/text"
)

// Rows of the workbook.
const (
	titleRow, unitRow, keyRow, headRow, exampleRow, firstRow = 1, 2, 3, 4, 5, 6

	numberedRows = 30  // that have their number
	checkedRows  = 500 // that have lists to choose from and checks
)

// column is one column of the workbook.
type column struct {
	field string
	wide  float64
}

func (k *Kit) columns() []column {
	list := []column{
		{"row_no", 6}, {"title", 28}, {"category", 13}, {"group", 13}, {"author", 16}, {"unit", 24}, {"teacher", 14},
		{"phone", 16}, {"intro", 36}, {"file_name", 26}, {consent.Field, 14}, {"remark", 14},
	}
	if len(k.Rules.Groups) == 0 {
		return slices.DeleteFunc(list, func(c column) bool { return c.field == "group" })
	}
	return list
}

// book is a workbook in the making. The first error stops it.
type book struct {
	*Kit
	f       *excelize.File
	unit    Unit
	sheet   string
	help    string // the sheet of instructions
	columns []column
	err     error
}

// workbook makes the registration workbook for a unit.
func (k *Kit) workbook(u Unit) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{Kit: k, f: f, unit: u, columns: k.columns()}
	b.sheet, b.help = k.Words("call.sheet", nil), k.Words("call.sheet_help", nil)
	b.do(f.SetSheetName("Sheet1", b.sheet))
	_, err := f.NewSheet(b.help)
	b.do(err)
	b.heads()
	b.example()
	b.rows()
	b.instructions()
	b.protect()
	b.page()
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func at(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // both are at least 1
	return name
}

func (b *book) last() int { return len(b.columns) }

// index returns the column of a field, from 1; 0 where there is none.
func (b *book) index(field string) int {
	return slices.IndexFunc(b.columns, func(c column) bool { return c.field == field }) + 1
}

func (b *book) set(col, row int, said string) {
	b.do(b.f.SetCellStr(b.sheet, at(col, row), text.Written(said)))
}

func (b *book) style(from, to string, s excelize.Style) {
	id, err := b.f.NewStyle(&s)
	b.do(err)
	b.do(b.f.SetCellStyle(b.sheet, from, to, id))
}

func border() []excelize.Border {
	var list []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		list = append(list, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	return list
}

// heads writes title, unit, hidden row and heads.
func (b *book) heads() {
	fields := make([]string, 0, len(b.columns))
	for i, c := range b.columns {
		fields = append(fields, c.field)
		letter, _ := excelize.ColumnNumberToName(i + 1)
		b.do(b.f.SetColWidth(b.sheet, letter, letter, c.wide))
		b.set(i+1, headRow, b.Words("call.col_"+c.field, nil))
	}
	for i, cell := range formkey.Row(string(b.Contest.ID), text.Written(b.unit.Name), b.Mark(), fields) {
		b.set(i+1, keyRow, cell)
	}
	b.do(b.f.SetRowVisible(b.sheet, keyRow, false))
	b.set(1, titleRow, b.Words("call.book_title", judging.Args{"Contest": b.Contest.Title()}))
	b.do(b.f.MergeCell(b.sheet, at(1, titleRow), at(b.last(), titleRow)))
	b.do(b.f.SetRowHeight(b.sheet, titleRow, 34))
	b.set(1, unitRow, b.Words("call.book_unit", judging.Args{"Unit": b.unit.Name}))
	b.do(b.f.MergeCell(b.sheet, at(1, unitRow), at(b.last(), unitRow)))
	b.do(b.f.SetRowHeight(b.sheet, unitRow, 24))
	b.do(b.f.SetRowHeight(b.sheet, headRow, 28))
	mid := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	b.style(at(1, titleRow), at(1, titleRow), excelize.Style{
		Font: &excelize.Font{Family: "方正小标宋简体", Size: 18}, Alignment: mid,
	})
	b.style(at(1, unitRow), at(1, unitRow), excelize.Style{
		Font: &excelize.Font{Family: "仿宋_GB2312", Size: 12}, Alignment: &excelize.Alignment{Vertical: "center"},
		Protection: &excelize.Protection{Locked: b.unit.Name != ""},
	})
	b.style(at(1, headRow), at(b.last(), headRow), excelize.Style{
		Font: &excelize.Font{Family: "黑体", Size: 11}, Alignment: mid, Border: border(),
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDE8DC"}},
	})
	b.do(b.f.SetPanes(b.sheet, &excelize.Panes{
		Freeze: true, YSplit: headRow, TopLeftCell: at(1, headRow+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: at(2, firstRow), ActiveCell: at(2, firstRow), Pane: "bottomLeft"}},
	}))
}

// example writes a row that says of itself that it is an example.
func (b *book) example() {
	values := map[string]string{
		"row_no": b.Words("call.example_no", nil), "title": b.Words("call.example_title", nil),
		"author": b.Words("call.example_author", nil), "teacher": b.Words("call.example_teacher", nil),
		"phone": "13800000000", "unit": b.Words("call.example_unit", nil),
		"intro": b.Words("call.example_intro", nil),
	}
	if len(b.Rules.Categories) > 0 {
		c := b.Rules.Categories[0]
		values["category"] = c.Name
		if len(b.Rules.Groups) > 0 {
			values["group"] = b.Rules.Groups[0].Name
		}
	}
	for i, c := range b.columns {
		b.set(i+1, exampleRow, values[c.field])
	}
	b.style(at(1, exampleRow), at(b.last(), exampleRow), excelize.Style{
		Font: &excelize.Font{Family: "仿宋_GB2312", Size: 11, Italic: true, Color: "808080"}, Border: border(),
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}, NumFmt: asText,
		Protection: &excelize.Protection{Locked: false},
	})
}

// asText is the number format of texts: a telephone stays as it was typed.
const asText = 49

// rows prepares the rows to be filled in.
func (b *book) rows() {
	for i := range numberedRows {
		b.set(1, firstRow+i, strconv.Itoa(i+1))
	}
	b.style(at(1, firstRow), at(b.last(), firstRow+checkedRows-1), excelize.Style{
		Font: &excelize.Font{Family: "仿宋_GB2312", Size: 11}, Border: border(), NumFmt: asText,
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: false},
	})
	var kinds, groups []string
	for _, c := range b.Rules.Categories {
		kinds = append(kinds, c.Name)
	}
	for _, g := range b.Rules.Groups {
		groups = append(groups, g.Name)
	}
	b.choose("category", kinds, 1)
	b.choose("group", groups, 2)
	b.choose(consent.Field, []string{b.Words("call.yes", nil), b.Words("call.no", nil)}, 3)
	b.length("title", 60)
	b.length("author", 60)
	b.length("intro", 500)
	b.phone()
}

// rule begins the check of a column.
func (b *book) rule(field string) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.SetSqref(at(b.index(field), exampleRow) + ":" + at(b.index(field), firstRow+checkedRows-1))
	v.SetInput(b.Words("call.col_"+field, nil), b.Words("call.prompt_"+field, nil))
	return v
}

// choose gives a column a list to choose from. The words also stand on the sheet of instructions, in column place+7,
// to which the list refers where it is too long for a cell's own.
func (b *book) choose(field string, words []string, place int) {
	if b.index(field) == 0 || len(words) == 0 {
		return
	}
	letter, _ := excelize.ColumnNumberToName(place + listsFrom - 1)
	for i, w := range words {
		b.do(b.f.SetCellStr(b.help, letter+strconv.Itoa(i+2), w))
	}
	v := b.rule(field)
	if joined := strings.Join(words, ","); utf8.RuneCountInString(joined) <= 200 && !odd(words) {
		b.do(v.SetDropList(words))
	} else {
		v.SetSqrefDropList("'" + b.help + "'!$" + letter + "$2:$" + letter + "$" + strconv.Itoa(len(words)+1))
	}
	v.SetError(excelize.DataValidationErrorStyleStop, b.Words("call.col_"+field, nil), b.Words("call.choose", nil))
	b.do(b.f.AddDataValidation(b.sheet, v))
}

// listsFrom is the first of the columns with lists, on the sheet of instructions.
const listsFrom = 8

// odd reports whether a list in a cell can't hold a word, because a comma or a quote would part or end it.
func odd(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.ContainsAny(w, `,"`) })
}

func (b *book) length(field string, most int) {
	v := b.rule(field)
	b.do(v.SetRange(0, most, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween))
	v.SetError(excelize.DataValidationErrorStyleWarning, b.Words("call.col_"+field, nil),
		b.Words("call.too_long", judging.Args{"N": most}))
	b.do(b.f.AddDataValidation(b.sheet, v))
}

// phone warns of what is no telephone number: digits, blanks and dashes, 7 to 20 of them.
func (b *book) phone() {
	v := b.rule("phone")
	b.do(v.SetRange(7, 20, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween))
	v.SetError(excelize.DataValidationErrorStyleWarning, b.Words("call.col_phone", nil), b.Words("call.bad_phone", nil))
	b.do(b.f.AddDataValidation(b.sheet, v))
}

// instructions fills the second sheet.
func (b *book) instructions() {
	b.do(b.f.SetCellStr(b.help, "A1", formkey.Notes()))
	b.do(b.f.SetRowVisible(b.help, 1, false))
	b.do(b.f.SetColWidth(b.help, "A", "A", 100))
	lines := strings.Split(b.Words("call.help", nil), "\n")
	if b.unit.Quota > 0 {
		lines = append(lines, b.Words("call.help_quota", judging.Args{"N": b.unit.Quota}))
	}
	for _, c := range b.Rules.Categories {
		if n := b.unit.Quotas[c.Name]; n > 0 {
			lines = append(lines, b.Words("call.help_quota_of", judging.Args{"Category": c.Name, "N": n}))
		}
	}
	lines = append(lines, b.Words("call.help_naming", judging.Args{"Rule": b.fill("{naming}", b.unit)}),
		b.Words("call.help_deadline", judging.Args{"Day": b.fill("{deadline}", b.unit), "To": b.fill("{to}", b.unit)}))
	for _, c := range b.Rules.Categories {
		lines = append(lines, b.Words("call.help_asked", judging.Args{"Category": c.Name, "Asked": b.Asked(c)}))
	}
	id, err := b.f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Family: "仿宋_GB2312", Size: 12},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	})
	b.do(err)
	for i, l := range lines {
		b.do(b.f.SetCellStr(b.help, at(1, i+2), text.Written(l)))
		b.do(b.f.SetCellStyle(b.help, at(1, i+2), at(1, i+2), id))
		b.do(b.f.SetRowHeight(b.help, i+2, helpHeight(l)))
	}
	first, _ := excelize.ColumnNumberToName(listsFrom)
	last, _ := excelize.ColumnNumberToName(listsFrom + 2)
	b.do(b.f.SetColVisible(b.help, first+":"+last, false))
}

// helpHeight is how high a line of the instructions stands, in points. Programs differ in whether they find that out
// themselves, and what does not fit is cut off. A Chinese character of 12 points takes two of the column's 100 units.
func helpHeight(line string) float64 {
	const across, high = 92, 17
	units := 0
	for _, r := range line {
		units++
		if r >= 0x2000 {
			units++
		}
	}
	return high * float64(max(1, (units+across-1)/across))
}

// protect keeps title, unit and heads; everything else may be done.
func (b *book) protect() {
	b.do(b.f.ProtectSheet(b.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		InsertRows: true, DeleteRows: true, InsertHyperlinks: true, Sort: true, AutoFilter: true,
	}))
	b.f.SetActiveSheet(0)
}

// page prints the table across A4, as wide as the page, with its heads on each.
func (b *book) page() {
	size, across, wide, high, fit := 9, "landscape", 1, 0, true
	for _, sheet := range []string{b.sheet, b.help} {
		b.do(b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
			Size: &size, Orientation: &across, FitToWidth: &wide, FitToHeight: &high,
		}))
		b.do(b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	}
	last, _ := excelize.ColumnNumberToName(b.last())
	rows := strconv.Itoa(headRow)
	b.do(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: b.sheet, RefersTo: "'" + b.sheet + "'!$" + rows + ":$" + rows,
	}))
	b.do(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: b.sheet,
		RefersTo: "'" + b.sheet + "'!$A$1:$" + last + "$" + strconv.Itoa(firstRow+numberedRows-1),
	}))
}
