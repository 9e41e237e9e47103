package diploma

import (
	"io"
	"time"
)

// ListPaper is a list of the window on paper: what a person saw there, to be laid before a leader.
type ListPaper struct {
	Title  string
	Lines  []string // sentences before the tables
	Tables []ListTable
	Foot   string    // at the foot of each page, may be empty
	Made   time.Time // stands in the file
	Words  Words
}

// ListTable is one table of a list. Each of Rows has as many cells as Heads.
type ListTable struct {
	Title string // may be empty
	Heads []string
	Rows  [][]string
	Right []bool // columns of numbers, set flush right
}

// A list is set in these sizes, in points.
const (
	listSize  = 9.5
	listLines = 11.0
	listSide  = 15 * mm
	listLeast = 26.0 // of a column
	listMost  = 200.0
)

// sheetOf is a list being laid out: what is drawn on each page waits until their number is known.
type sheetOf struct {
	c           *canvas
	width, high float64
	pages       [][]func()
	y           float64
}

// List writes the list as PDF on A4, upright or lying as its columns need, with page x of y. Errors: those of w;
// Internal.
func List(w io.Writer, p ListPaper) error {
	width, high := paperShort, paperLong
	probe, err := newCanvas(width, high, p.Title, p.Made)
	if err != nil {
		return err
	}
	for _, t := range p.Tables {
		if sum(t.needs(probe)) > width-2*listSide {
			width, high = paperLong, paperShort
		}
	}
	c, err := newCanvas(width, high, p.Title, p.Made)
	if err != nil {
		return err
	}
	s := &sheetOf{c: c, width: width, high: high}
	s.head(p.Title, p.Lines)
	for _, t := range p.Tables {
		s.table(t)
	}
	s.finish(p.Words, p.Foot)
	return c.write(w)
}

// head begins the first page with a title and sentences.
func (s *sheetOf) head(title string, lines []string) {
	s.turn()
	s.write(bold, fit(title, s.inside(), 50, 16, 11, s.c.measure(bold)), s.width/2, "center")
	s.y += 6
	for _, line := range lines {
		s.write(regular, s.c.wrap(regular, listLines, s.inside(), line), listSide, "left")
		s.y += 3
	}
}

// finish draws the pages, now that their number is known.
func (s *sheetOf) finish(words Words, foot string) {
	for i, page := range s.pages {
		s.c.pdf.AddPage()
		for _, draw := range page {
			draw()
		}
		at := map[string]any{"Page": i + 1, "Pages": len(s.pages)}
		s.c.text(regular, 9, s.width/2, s.high-9*mm, "center", words("paper.page", at))
		s.c.text(regular, 8, listSide, s.high-9*mm, "left", foot)
	}
}

func (s *sheetOf) inside() float64 { return s.width - 2*listSide }

// bottom is where the text of a page ends.
func (s *sheetOf) bottom() float64 { return s.high - 16*mm }

// turn begins a page.
func (s *sheetOf) turn() {
	s.pages = append(s.pages, nil)
	s.y = 14 * mm
}

func (s *sheetOf) draw(f func()) {
	last := len(s.pages) - 1
	s.pages[last] = append(s.pages[last], f)
}

// write sets lines of text, on the next page where this one has no room.
func (s *sheetOf) write(f face, text fitted, x float64, across string) {
	if s.y+text.height() > s.bottom() {
		s.turn()
	}
	y := s.y
	s.draw(func() { s.c.block(f, text, x, y, across) })
	s.y += text.height()
}

// table sets a table below what stands there, over as many pages as it needs.
func (s *sheetOf) table(t ListTable) {
	if len(t.Heads) == 0 {
		return
	}
	s.y += 8
	if s.y > s.bottom()-80 {
		s.turn()
	}
	if t.Title != "" {
		s.write(bold, s.c.wrap(bold, listLines, s.inside(), t.Title), listSide, "left")
		s.y += 3
	}
	grid := table{size: listSize, rows: t.Rows}
	for i, w := range shares(t.needs(s.c), s.inside()) {
		across := "left"
		if i < len(t.Right) && t.Right[i] {
			across = "right"
		}
		grid.columns = append(grid.columns, column{t.Heads[i], w, across})
	}
	all := grid.paginate(s.c, s.bottom()-s.y, s.bottom()-14*mm, 0)
	for i, p := range all {
		if i > 0 {
			s.turn()
		}
		y := s.y
		s.draw(func() { grid.draw(s.c, p, listSide, y) })
		s.y += grid.headHeight(s.c)
		for _, h := range p.heights {
			s.y += h
		}
	}
}

// needs returns how wide each column would have to be for its texts to stand on one line.
func (t ListTable) needs(c *canvas) []float64 {
	out := make([]float64, len(t.Heads))
	widen := func(f face, i int, text string) {
		out[i] = max(out[i], listLeast, min(c.measure(f)(text)*listSize+2*cellPad+1, listMost))
	}
	for i, h := range t.Heads {
		widen(bold, i, h)
	}
	for _, row := range t.Rows {
		for i, text := range row[:min(len(row), len(out))] {
			widen(regular, i, text)
		}
	}
	return out
}

// shares deals width out to columns by what they need. What is left over goes to those that need most.
func shares(needs []float64, width float64) []float64 {
	all := sum(needs)
	out := make([]float64, len(needs))
	for i, n := range needs {
		out[i] = n * width / all
	}
	return out
}

func sum(list []float64) (all float64) {
	for _, v := range list {
		all += v
	}
	return all
}
