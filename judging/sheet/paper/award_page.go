package paper

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// awardColumn is how a column of the list is filled and drawn.
type awardColumn struct {
	name   AwardColumn
	head   string  // catalogue key; on a page the text
	least  float64 // width in column units
	most   float64
	across string
	wide   bool // gives and takes room when the page is wider or narrower than the table
	always bool
	usual  bool // shown without being asked for when a row has something for it
	text   func(AwardSection, AwardRow) string
}

// awardColumns lists the columns in the order that officials expect.
var awardColumns = []awardColumn{
	{
		AwardNo, "paper.award_head_no", 6, 8, "center", false, true, true,
		func(_ AwardSection, r AwardRow) string { return positive(r.No) },
	},
	{
		AwardPlace, "paper.award_head_place", 6, 8, "center", false, false, false,
		func(_ AwardSection, r AwardRow) string { return positive(r.Place) },
	},
	{
		AwardName, "paper.award_head_award", 9, 16, "center", false, true, true,
		func(_ AwardSection, r AwardRow) string { return r.Award },
	},
	{
		AwardTitle, "paper.award_head_title", 18, 44, "left", true, true, true,
		func(_ AwardSection, r AwardRow) string { return r.Title },
	},
	{
		AwardCategory, "paper.award_head_category", 8, 14, "center", false, false, true,
		func(s AwardSection, _ AwardRow) string { return s.Category },
	},
	{
		AwardGroup, "paper.award_head_group", 8, 14, "center", false, false, true,
		func(s AwardSection, _ AwardRow) string { return s.Group },
	},
	{
		AwardAuthors, "paper.award_head_authors", 9, 26, "center", true, false, true,
		func(_ AwardSection, r AwardRow) string { return strings.Join(r.Authors, "、") },
	},
	{
		AwardUnit, "paper.award_head_unit", 12, 36, "left", true, false, true,
		func(_ AwardSection, r AwardRow) string { return r.Unit },
	},
	{
		AwardTeachers, "paper.award_head_teachers", 10, 20, "center", true, false, true,
		func(_ AwardSection, r AwardRow) string { return strings.Join(r.Teachers, "、") },
	},
	{
		AwardScore, "paper.award_head_score", 8, 11, "center", false, false, false,
		func(_ AwardSection, r AwardRow) string {
			if r.Score == nil {
				return ""
			}
			return judging.Exact(*r.Score).String()
		},
	},
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

const awardSize = 12.0 // points

// fitWidths gives each column the room its content asks for within its bounds, then lets the wide ones fill the
// page or give way; the page stands upright when that leaves them more than half of what they ask for.
func (p *awardPage) fitWidths() (widths []float64, portrait bool) {
	var fixed, wide float64
	for _, c := range p.columns {
		w := p.need(c)
		widths = append(widths, w)
		if c.wide {
			wide += w
		} else {
			fixed += w
		}
	}
	room := func(portrait bool) float64 {
		across, _ := printing{portrait: portrait}.room()
		return (across-1-columnEdge*float64(len(widths)))/columnUnit - fixed
	}
	portrait = room(true) >= 0.55*wide
	left := room(portrait)
	if wide == 0 || left <= 0 {
		return widths, portrait
	}
	for i, c := range p.columns {
		if c.wide {
			widths[i] = max(widths[i]*left/wide, textUnits(c.head, awardSize)+0.6)
		}
	}
	return widths, portrait
}

func (p *awardPage) need(c awardColumn) float64 {
	w := max(c.least, textUnits(c.head, awardSize)+1)
	for _, s := range p.sections {
		for _, r := range s.Rows {
			if w >= c.most {
				return c.most
			}
			w = max(w, textUnits(c.text(s, r), awardSize)+1.2)
		}
	}
	return min(w, c.most)
}

// Looks of the list.
var (
	lookAwardTitle = look{face: faceTitle, size: 22, across: "center", wrap: true}
	lookAwardNote  = look{face: faceBody, size: awardSize, across: "left", wrap: true}
	lookAwardHead  = look{face: faceHead, size: awardSize, across: "center", wrap: true, boxed: true}
	lookAwardCell  = look{face: faceBody, size: awardSize, wrap: true, boxed: true}
	lookAwardSum   = look{face: faceBody, size: awardSize, across: "left", wrap: true}
	lookAwardSign  = look{face: faceBody, size: 14, across: "right", wrap: true}
)

// awardWriter writes one sheet from the top down.
type awardWriter struct {
	*awardPage
	k      *ink
	sw     *excelize.StreamWriter
	flow   *pageFlow
	widths []float64
	row    int // last written
}

func (p *awardPage) write(k *ink, words Words) error {
	widths, portrait := p.fitWidths()
	paper := printing{portrait: portrait, repeat: 2}
	if p.list.Note != "" {
		paper.repeat = 3
	}
	if err := setPrinting(k.f, p.name, paper, words); err != nil {
		return err
	}
	sw, err := newStream(k.f, p.name, len(widths), paper.repeat+p.rows()+3+min(1, len(p.list.Host)))
	if err != nil {
		return err
	}
	for i, w := range widths {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{
		Freeze:      true,
		YSplit:      paper.repeat,
		TopLeftCell: grid.Ref(1, paper.repeat+1),
		ActivePane:  "bottomLeft",
	}); err != nil {
		return err
	}
	a := awardWriter{awardPage: p, k: k, sw: sw, flow: newPageFlow(paper, widths), widths: widths}
	for _, part := range []func(Words) error{a.top, a.table, a.end} {
		if err := part(words); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// set writes the next row.
func (a *awardWriter) set(cells []any, height float64) error {
	a.row++
	a.flow.add(height)
	return a.sw.SetRow(grid.Ref(1, a.row), cells, excelize.RowOpts{Height: height})
}

// linesAcross is how many lines text takes over the whole width, with a reserve: the type that a program puts in
// another's place may run wider.
func (a *awardWriter) linesAcross(l look, text string) int {
	return textLines(text, l.size*typeReserve, joinedUnits(a.widths))
}

// wide writes text over the whole width.
func (a *awardWriter) wide(l look, text string, least float64) error {
	height := max(least, lineHeight(a.linesAcross(l, text), l.size))
	if err := a.set([]any{a.k.cell(l, text)}, height); err != nil || len(a.widths) == 1 {
		return err
	}
	return a.sw.MergeCell(grid.Ref(1, a.row), grid.Ref(len(a.widths), a.row))
}

func (a *awardWriter) top(Words) error {
	title := lookAwardTitle
	for title.size > 16 && a.linesAcross(title, a.title) > 1 {
		title.size -= 2
	}
	if err := a.wide(title, a.title, 44); err != nil {
		return err
	}
	if a.list.Note != "" {
		if err := a.wide(lookAwardNote, a.list.Note, 20); err != nil {
			return err
		}
	}
	cells, heads := make([]any, len(a.columns)), make([]string, len(a.columns))
	for i, c := range a.columns {
		heads[i] = c.head
		cells[i] = a.k.cell(lookAwardHead, c.head)
	}
	a.flow.head = max(26, headHeight(heads, a.widths, awardSize))
	return a.set(cells, a.flow.head)
}

func (a *awardWriter) table(Words) error {
	looks := a.looks()
	cells := make([]any, len(a.columns))
	no := 0
	for _, s := range a.sections {
		for _, r := range s.Rows {
			no++
			if r.No == 0 {
				r.No = no
			}
			lines := 1
			for i, c := range a.columns {
				text := c.text(s, r)
				lines = max(lines, textLines(text, awardSize*typeReserve, a.widths[i]))
				cells[i] = excelize.Cell{StyleID: looks[i], Value: c.value(r, plainText(text))}
			}
			if err := a.set(cells, max(24, lineHeight(lines, awardSize))); err != nil {
				return err
			}
		}
	}
	return nil
}

// value gives numbers as numbers, all else as text.
func (c awardColumn) value(r AwardRow, text string) any {
	switch {
	case text == "":
		return nil
	case c.name == AwardNo:
		return r.No
	case c.name == AwardPlace:
		return r.Place
	case c.name == AwardScore:
		return judging.Exact(*r.Score).Float()
	}
	return text
}

// looks gives the style of each column; scores show as many decimals as the longest of them.
func (a *awardWriter) looks() []int {
	styles := make([]int, len(a.columns))
	for i, c := range a.columns {
		l := lookAwardCell
		l.across = c.across
		if c.name == AwardScore {
			l.format = scoreFormat(a.sections)
		}
		styles[i] = a.k.of(l)
	}
	return styles
}

func scoreFormat(sections []AwardSection) string {
	decimals := 0
	for _, s := range sections {
		for _, r := range s.Rows {
			if r.Score != nil {
				_, after, _ := strings.Cut(judging.Exact(*r.Score).String(), ".")
				decimals = max(decimals, len(after))
			}
		}
	}
	if decimals == 0 {
		return "0"
	}
	return "0." + strings.Repeat("0", decimals)
}

// end writes the summary and the signature, and takes the last rows along when these would begin a page.
func (a *awardWriter) end(words Words) error {
	const together, gap, line = 3, 15, 28
	host := ""
	if a.list.Host != "" {
		host = words("paper.award_host", map[string]any{"Host": a.list.Host})
	}
	signed := max(line, lineHeight(a.linesAcross(lookAwardSign, host), lookAwardSign.size))
	if a.flow.strands(together, line, gap, signed, line) {
		if err := a.sw.InsertPageBreak(grid.Ref(1, a.row-together+1)); err != nil {
			return err
		}
	}
	if err := a.wide(lookAwardSum, a.summary(words), line); err != nil {
		return err
	}
	a.row++
	if host != "" {
		if err := a.wide(lookAwardSign, host, line); err != nil {
			return err
		}
	}
	date := a.list.Date
	if date == "" {
		date = words("paper.award_date", nil)
	}
	return a.wide(lookAwardSign, date, line)
}
