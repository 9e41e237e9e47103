package intake

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// mapping shows how each sheet was understood: the sheets at the left, the columns of the one selected at the
// right, each to be corrected.
type mapping struct {
	widget.BaseWidget

	sh      kit.Shell
	correct func(header, field string)
	table   *table.Table[sheetRow]
	columns *fyne.Container
	right   *container.Scroll
}

func newMapping(sh kit.Shell, correct func(header, field string)) *mapping {
	m := &mapping{sh: sh, correct: correct, columns: lay.Stack(lay.Gap8)}
	m.table = table.New(sheetRow.key,
		table.TextColumn(sh.T("app.sheet_file", nil), 8, 2, func(s sheetRow) string { return s.file }),
		table.TextColumn(sh.T("app.sheet_name", nil), 5, 1, func(s sheetRow) string { return s.sheet }),
		table.TextColumn(sh.T("app.sheet_header", nil), 3, 0, func(s sheetRow) string { return s.header }),
		table.Column[sheetRow]{Title: sh.T("app.sheet_doubts", nil), Min: 4, Cell: m.doubtCell})
	m.table.OnSelect = m.show
	m.table.SetEmpty(status.NewEmpty(sh.T("app.sheet_none", nil), sh.T("app.sheet_none_text", nil), nil))
	m.right = lay.VScroll(m.columns)
	m.ExtendBaseWidget(m)
	return m
}

func (m *mapping) doubtCell(s sheetRow) table.Cell {
	if n := s.doubts(); n > 0 {
		return table.Cell{Text: fmt.Sprint(n), Tone: look.Waiting}
	}
	return table.Cell{Text: m.sh.T("app.sheet_clear", nil), Tone: look.Done}
}

// CreateRenderer implements fyne.Widget.
func (m *mapping) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(lay.Split(lay.Gap16, []float32{1, 1}, m.table, lay.Surface(m.right)))
}

// set shows the sheets of a report; the one selected stays.
func (m *mapping) set(r intake.ImportReport) {
	rows := sheetRows(r)
	m.table.SetRows(rows)
	if s, ok := m.table.Selected(); ok {
		m.show(s)
	} else if len(rows) > 0 {
		at := max(slices.IndexFunc(rows, func(s sheetRow) bool { return s.doubts() > 0 }), 0)
		m.table.Select(rows[at].key())
	}
}

func (m *mapping) show(s sheetRow) {
	m.columns.RemoveAll()
	m.columns.Add(look.NewPara(m.sh.T("app.column_help", nil), look.Note, look.Quiet, 30).Fluid())
	if s.account != nil {
		m.columns.Add(look.NewPara(m.sheetAccount(s), look.Note, look.Plain, 30).Fluid())
	}
	for _, c := range s.columns {
		m.columns.Add(m.line(c))
		if why := m.reasons(c); why != "" {
			m.columns.Add(look.NewPara(why, look.Note, look.Quiet, 30).Fluid())
		}
	}
	m.right.ScrollToTop()
}

// sheetAccount says what became of the rows of a sheet, and what the notes among them are.
func (m *mapping) sheetAccount(s sheetRow) string {
	text := m.sh.T("app.sheet_account", s.account)
	var kinds []string
	for _, n := range s.notes {
		kinds = append(kinds, m.sh.T("app.sheet_account_kind", judging.Args{"Kind": m.sh.T(n.text, nil), "N": n.rows}))
	}
	if len(kinds) > 0 {
		list := strings.Join(kinds, m.sh.T("app.list_comma", nil))
		text += m.sh.T("app.sheet_account_kinds", judging.Args{"Kinds": list})
	}
	return text
}

// reasons says why a column was taken for what it is.
func (m *mapping) reasons(c sheetColumn) string {
	var texts []string
	for _, w := range c.why {
		texts = append(texts, m.sh.T(w.text, w.args))
	}
	return strings.Join(texts, m.sh.T("app.list_comma", nil))
}

// line is one column: its header, what it was taken for, and how sure that is.
func (m *mapping) line(c sheetColumn) fyne.CanvasObject {
	header := look.NewCutText(c.letter+"  "+c.header, look.Body, look.Plain)
	key, tone := c.verdict()
	choose := framed(m.choice(c))
	right := lay.Row(
		lay.Gap8, container.NewStack(lay.Blank(look.Em(9), 0), choose),
		container.NewStack(lay.Blank(look.Em(6), 0), container.NewHBox(status.NewChip(m.sh.T(key, nil), tone))),
	)
	return container.NewBorder(nil, nil, nil, right, header)
}

func (m *mapping) choice(c sheetColumn) *choice.Select {
	options := c.choices(m.sh)
	var titles []string
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	s := choice.NewSelect(titles, nil)
	s.SetSelectedIndex(slices.IndexFunc(options, func(o choice.Option) bool { return o.Key == c.field }))
	s.OnChanged = func(string) {
		if o := options[s.SelectedIndex()]; o.Key != c.field {
			m.correct(c.header, o.Key)
		}
	}
	if c.header == "" {
		s.Disable() // corrections go by header
	}
	return s
}

// framed draws the line of an input field over o, which has none of its own.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	line := canvas.NewRectangle(color.Transparent)
	line.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	line.StrokeWidth = 1
	line.CornerRadius = theme.InputRadiusSize()
	return container.NewStack(o, line)
}
