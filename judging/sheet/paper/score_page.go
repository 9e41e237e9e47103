package paper

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// scorePage is the sheet of one category: a title, who and what, how to, the head, a row a work, the signature.
type scorePage struct {
	name     string
	category string
	rubric   judging.Rubric
	voting   *voting.Rule // nil where judges give marks
	works    []judging.Duty
	grouped  bool
	heads    []string
	wide     []float64 // of the columns
}

// A page begins with title, who and what, and how to; then come the head and the works.
const (
	rowHead  = 4
	rowFirst = 5
)

// columns of a page, from 1.
type scoreColumns struct {
	group                               int // 0 where there is none
	marks, total                        int // first mark; the marks end before total
	confidence, comment, state, remarks int
	flags, flagNote                     int // 0 where no flag vetoes
	last                                int
}

func (p scorePage) columns() scoreColumns {
	c := scoreColumns{marks: 4}
	if p.grouped {
		c.group, c.marks = 4, 5
	}
	c.total = c.marks + len(p.rubric.Criteria)
	c.confidence, c.comment, c.state, c.remarks = c.total+1, c.total+2, c.total+3, c.total+4
	if c.last = c.remarks; len(p.rubric.Vetoes) > 0 {
		c.flags, c.flagNote, c.last = c.last+1, c.last+2, c.last+2
	}
	return c
}

func (p scorePage) last() int { return rowFirst + len(p.works) - 1 }

// span names a range over rows of one or more columns.
func span(from, to, first, last int) string { return grid.Ref(from, first) + ":" + grid.Ref(to, last) }

// scoreWriter writes one page from the top down.
type scoreWriter struct {
	scorePage
	sheet ScoreSheet
	words Words
	k     *ink
	sw    *excelize.StreamWriter
	flow  *pageFlow
	row   int // last written
}

func (p scorePage) write(k *ink, s ScoreSheet, words Words) error {
	paper, err := p.setUp(k.f, s, words)
	if err != nil {
		return err
	}
	sw, err := newStream(k.f, p.name, len(p.wide), p.last()+3)
	if err != nil {
		return err
	}
	w := scoreWriter{p, s, words, k, sw, newPageFlow(paper, p.wide), 0}
	for _, part := range []func() error{w.layOut, w.top, w.table, w.end} {
		if err := part(); err != nil {
			return err
		}
	}
	return sw.Flush()
}

var scoreWidths = struct{ no, code, title, group, mark, total, confidence, comment, state, remarks float64 }{
	5, 10, 26, 9, 8.5, 7, 7, 24, 7, 13,
}

// fit settles the heads and gives each column its width, or what the longest word of its head takes.
func (p *scorePage) fit(words Words) {
	p.heads = p.headTexts(words)
	w := scoreWidths
	if p.rubric.Optional() { // 71.4286 is to stand there whole: a second person types it
		w.total += 4
	}
	p.wide = []float64{w.no, w.code, w.title}
	if p.grouped {
		p.wide = append(p.wide, w.group)
	}
	for range p.rubric.Criteria {
		p.wide = append(p.wide, w.mark)
	}
	p.wide = append(p.wide, w.total, w.confidence, w.comment, w.state, w.remarks)
	if len(p.rubric.Vetoes) > 0 {
		p.wide = append(p.wide, w.remarks, w.remarks)
	}
	for i, h := range p.heads {
		for _, word := range strings.Fields(h) {
			if word[0] < 0x80 {
				p.wide[i] = max(p.wide[i], min(textUnits(word, lookHead.size)+1.5, 2*w.mark))
			}
		}
	}
}

func (p *scoreWriter) layOut() error {
	for i, w := range p.wide {
		if err := p.sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	at := grid.Ref(p.columns().marks, rowFirst)
	return p.sw.SetPanes(&excelize.Panes{
		Freeze:      true,
		XSplit:      3,
		YSplit:      rowHead,
		TopLeftCell: grid.Ref(4, rowFirst),
		ActivePane:  "bottomRight",
		Selection:   []excelize.Selection{{SQRef: at, ActiveCell: at, Pane: "bottomRight"}},
	})
}

// Looks of a score page.
var (
	lookTitle  = look{face: faceTitle, size: 20, across: "center"}
	lookWho    = look{face: faceBody, size: 12, across: "left"}
	lookDone   = look{face: faceHead, size: 12, across: "right"}
	lookHow    = look{face: faceBody, size: 11, across: "left", wrap: true, color: "595959"}
	lookHead   = look{face: faceHead, size: 11, across: "center", wrap: true, boxed: true, fill: "E9E4DA"}
	lookFixed  = look{face: faceBody, size: 12, across: "center", wrap: true, boxed: true, fill: "F4F1EA"}
	lookName   = look{face: faceBody, size: 12, across: "left", wrap: true, boxed: true, fill: "F4F1EA"}
	lookMark   = look{face: faceBody, size: 13, across: "center", boxed: true, open: true}
	lookTotal  = look{face: faceHead, size: 13, across: "center", boxed: true, fill: "F4F1EA"}
	lookNote   = look{face: faceBody, size: 11, across: "left", wrap: true, boxed: true, open: true}
	lookChoice = look{face: faceBody, size: 11, across: "center", boxed: true, open: true}
	lookSign   = look{face: faceBody, size: 12, across: "right"}
	lookCode   = look{face: faceBody, size: 8, across: "left", color: "A6A6A6"}
)

func (p *scoreWriter) top() error {
	c, d := p.columns(), p.sheet.Duties
	title := p.words("paper.score_title", map[string]any{"Contest": d.Contest})
	if err := p.across(lookTitle, title, 34); err != nil {
		return err
	}
	who := p.words("paper.score_who", map[string]any{
		"Judge":    d.Name,
		"Category": p.category,
		"Round":    p.words.roundName(d.Round),
		"All":      len(p.works),
	})
	cells := make([]any, c.last)
	cells[0] = p.k.cell(lookWho, who)
	formula, value := p.progress(p.sheet, p.words)
	cells[c.comment-1] = excelize.Cell{StyleID: p.k.of(lookDone), Formula: formula, Value: value}
	if err := p.set(cells, 22); err != nil {
		return err
	}
	if err := p.sw.MergeCell(grid.Ref(1, p.row), grid.Ref(c.confidence, p.row)); err != nil {
		return err
	}
	if err := p.sw.MergeCell(grid.Ref(c.comment, p.row), grid.Ref(c.last, p.row)); err != nil {
		return err
	}
	how := p.how()
	if d.TotalOnly {
		how += p.words("paper.score_how_total", nil)
	}
	if more := (rubricWriter{words: p.words}).terms(p.rubric); len(more) > 0 {
		how += strings.Join(more, "")
	}
	how += p.howSaid() + p.howVeto()
	if p.sheet.Calibration {
		how += p.words("paper.score_how_trial", nil)
	}
	if err := p.across(lookHow, how, 0); err != nil {
		return err
	}
	return p.head()
}

func (p *scoreWriter) head() error {
	cells := make([]any, len(p.heads))
	for i, h := range p.heads {
		cells[i] = p.k.cell(lookHead, h)
	}
	p.flow.head = headHeight(p.heads, p.wide, lookHead.size)
	return p.set(cells, p.flow.head)
}

// set writes the next row.
func (p *scoreWriter) set(cells []any, height float64) error {
	p.row++
	p.flow.add(height)
	return p.sw.SetRow(grid.Ref(1, p.row), cells, excelize.RowOpts{Height: height})
}

// across writes text over the whole width.
func (p *scoreWriter) across(l look, text string, least float64) error {
	height := max(least, lineHeight(textLines(text, l.size*typeReserve, joinedUnits(p.wide)), l.size))
	if err := p.set([]any{p.k.cell(l, text)}, height); err != nil {
		return err
	}
	return p.sw.MergeCell(grid.Ref(1, p.row), grid.Ref(p.columns().last, p.row))
}

func headHeight(heads []string, widths []float64, size float64) float64 {
	lines := 1
	for i, h := range heads {
		lines = max(lines, textLines(h, size*typeReserve, widths[i]))
	}
	return lineHeight(lines, size)
}

func (p scorePage) headTexts(words Words) []string {
	heads := []string{words("paper.head_no", nil), words("paper.head_code", nil), words("paper.head_title", nil)}
	if p.grouped {
		heads = append(heads, words("paper.head_group", nil))
	}
	for _, c := range p.rubric.Criteria {
		heads = append(heads, markHead(p.called(c, words), c.Weight))
	}
	heads = append(
		heads, markHead(words("paper.head_total", nil), p.rubric.Scale), words("paper.head_confidence", nil)+"\n3·2·1",
		words("paper.head_comment", nil),
		words("paper.head_state", nil),
		words("paper.head_reason", nil),
	)
	if len(p.rubric.Vetoes) > 0 {
		heads = append(heads, words("paper.head_flag", nil), words("paper.head_flag_note", nil))
	}
	return heads
}

// markHead heads a column of marks; ReadScoreSheet knows such a column by the range in its second line.
func markHead(name string, weight float64) string {
	return name + "\n0–" + judging.Exact(weight).String()
}

func (p *scoreWriter) table() error {
	for i, d := range p.works {
		if err := p.work(i, d); err != nil {
			return err
		}
	}
	return nil
}

func (p *scoreWriter) work(i int, d judging.Duty) error {
	c, k := p.columns(), p.k
	b := p.sheet.Ballots[d.Code]
	cells := make([]any, c.last)
	cells[0] = k.cell(lookFixed, i+1)
	cells[1] = k.cell(lookFixed, string(d.Code))
	cells[2] = k.cell(lookName, d.Title)
	if p.grouped {
		cells[c.group-1] = k.cell(lookFixed, d.Group)
	}
	for n, criterion := range p.rubric.Criteria {
		var v any
		if mark, given := b.Marks[criterion.Name]; given {
			v = mark
			if i := p.band(mark); p.said() && i >= 0 {
				v = p.saidWords(p.words)[i]
			} else if !terms.Applies(mark) {
				v = p.words("paper.not_applicable", nil)
			}
		}
		cells[c.marks-1+n] = k.cell(lookMark, v)
	}
	cells[c.total-1] = p.totalCell(b)
	cells[c.confidence-1] = k.cell(lookMark, numberOrBlank(b.Confidence))
	cells[c.comment-1] = k.cell(lookNote, b.Comment)
	cells[c.state-1] = k.cell(lookChoice, stateText(b.State, p.words))
	cells[c.remarks-1] = k.cell(lookNote, b.Reason)
	if c.flags > 0 {
		cells[c.flags-1] = k.cell(lookNote, flagsText(b.Flags, p.words))
		cells[c.flagNote-1] = k.cell(lookNote, b.FlagNote)
	}
	w := scoreWidths
	lines := max(
		textLines(d.Title, 12*typeReserve, w.title), textLines(d.Group, 12*typeReserve, w.group),
		textLines(b.Comment, 11*typeReserve, w.comment),
		textLines(b.Reason, 11*typeReserve, w.remarks),
	)
	return p.set(cells, max(26, lineHeight(lines, 12)))
}

func numberOrBlank(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func stateText(state judging.BallotState, words Words) string {
	for _, s := range stateKeys {
		if s.state == state {
			return words(s.key, nil)
		}
	}
	return ""
}

// totalCell sums the marks of the next row by formula, blank until all are there or when the work is not to be
// scored; a total given without marks stands as a number.
func (p *scoreWriter) totalCell(b judging.Ballot) excelize.Cell {
	c, row, totalOnly := p.columns(), p.row+1, p.sheet.Duties.TotalOnly
	l := lookTotal
	if totalOnly {
		l.open, l.fill = true, ""
	}
	cell := excelize.Cell{StyleID: p.k.of(l), Value: ""}
	if len(b.Marks) == 0 && totalOnly && b.State == judging.Scored {
		cell.Value = b.Total
		return cell
	}
	marks := span(c.marks, c.total-1, row, row)
	all := p.wholeMarks(marks)
	for _, word := range withoutScore(p.words) {
		all += "," + grid.Ref(c.state, row) + "<>" + word
	}
	cell.Formula = fmt.Sprintf(`IF(AND(%s),%s,"")`, all, p.sumMarks(marks, row, p.words))
	if b.State != judging.Abstained && b.State != judging.Recused && len(b.Marks) == len(p.rubric.Criteria) {
		cell.Value = p.rubric.Sum(b.Marks).Total()
	}
	return cell
}

// withoutScore lists, as constants of a formula, the states in which a work needs no score.
func withoutScore(words Words) []string {
	return []string{quoteText(stateText(judging.Abstained, words)), quoteText(stateText(judging.Recused, words))}
}

// progress is the formula of “已评 n / 共 m”, with its value as of now. A work is done when it has a total, or is
// abstained or recused from.
func (p scorePage) progress(s ScoreSheet, words Words) (formula, value string) {
	c := p.columns()
	totals, states := span(c.total, c.total, rowFirst, p.last()), span(c.state, c.state, rowFirst, p.last())
	done := "COUNT(" + totals + ")"
	for _, word := range withoutScore(words) {
		done += "+COUNTIF(" + states + "," + word + ")"
	}
	n := 0
	for _, d := range p.works {
		if p.done(s.Ballots[d.Code], s.Duties.TotalOnly) {
			n++
		}
	}
	const counted = "{n}" // a sign that steers would not come back: texts are made harmless
	text := words("paper.progress", map[string]any{"Done": counted, "All": len(p.works)})
	before, after, _ := strings.Cut(text, counted)
	return quoteText(before) + "&(" + done + ")&" + quoteText(after), words("paper.progress", map[string]any{
		"Done": n,
		"All":  len(p.works),
	})
}

func (p scorePage) done(b judging.Ballot, totalOnly bool) bool {
	switch b.State {
	case judging.Abstained, judging.Recused:
		return true
	}
	return len(b.Marks) == len(p.rubric.Criteria) || totalOnly && len(b.Marks) == 0 && b.State == judging.Scored
}

// quoteText writes s as a text constant of a formula.
func quoteText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// end writes the signature, with the last works next to it when it would begin a page, and the identity.
func (p *scoreWriter) end() error {
	const together, gap, line, small = 3, 15, 30, 14
	if p.flow.strands(together, gap, line, small) {
		if err := p.sw.InsertPageBreak(grid.Ref(1, p.row-together+1)); err != nil {
			return err
		}
	}
	p.row++
	if err := p.across(lookSign, p.words("paper.score_sign", nil), line); err != nil {
		return err
	}
	return p.across(lookCode, p.words("paper.score_identity", map[string]any{
		"Code": p.sheet.identity().IdentityLine(),
	}), small)
}
