package diploma

// column is one column of a table.
type column struct {
	head   string
	width  float64 // points
	across string
}

// table is drawn over as many pages as it needs, its head on each.
type table struct {
	columns []column
	rows    [][]string
	size    float64 // points of its text
}

// page says which rows stand on a page and how high they are.
type page struct {
	from, to int
	heights  []float64
}

const cellPad = 3.0 // points left and right of a cell's text

// rowHeight is how high a row of texts becomes.
func (t table) rowHeight(c *canvas, f face, texts []string, least float64) float64 {
	high := least
	for i, s := range texts {
		high = max(high, c.wrap(f, t.size, t.columns[i].width-2*cellPad, s).height()+6)
	}
	return high
}

// paginate spreads rows over pages: first is the room for the table on the first page, other that on each further
// one, and tail what must follow the last row on its page. A tail without room takes the last row along.
func (t table) paginate(c *canvas, first, other, tail float64) []page {
	head := t.headHeight(c)
	pages := []page{{}}
	room := first - head
	for i, row := range t.rows {
		high := min(t.rowHeight(c, regular, row, 20), other-head)
		last := &pages[len(pages)-1]
		if high > room && last.to > last.from {
			pages = append(pages, page{from: i, to: i})
			last, room = &pages[len(pages)-1], other-head
		}
		last.to, last.heights = i+1, append(last.heights, high)
		room -= high
	}
	if last := &pages[len(pages)-1]; room < tail {
		n := last.to - last.from
		if n < 2 {
			return append(pages, page{from: last.to, to: last.to})
		}
		moved := page{from: last.to - 1, to: last.to, heights: last.heights[n-1:]}
		last.to, last.heights = last.to-1, last.heights[:n-1]
		pages = append(pages, moved)
	}
	return pages
}

func (t table) headHeight(c *canvas) float64 {
	texts := make([]string, len(t.columns))
	for i, col := range t.columns {
		texts[i] = col.head
	}
	return t.rowHeight(c, bold, texts, 22)
}

// draw draws the rows of a page from y down and returns where the table ends.
func (t table) draw(c *canvas, p page, x, y float64) float64 {
	if len(t.rows) > 0 && p.from == p.to {
		return y
	}
	heads := make([]string, len(t.columns))
	for i, col := range t.columns {
		heads[i] = col.head
	}
	y = t.row(c, bold, heads, x, y, t.headHeight(c))
	for i, row := range t.rows[p.from:p.to] {
		y = t.row(c, regular, row, x, y, p.heights[i])
	}
	return y
}

func (t table) row(c *canvas, f face, texts []string, x, y, high float64) float64 {
	for i, col := range t.columns {
		c.box(0.6, x, y, col.width, high)
		across, at := col.across, x+cellPad
		if f == bold {
			across = "center"
		}
		switch across {
		case "center":
			at = x + col.width/2
		case "right":
			at = x + col.width - cellPad
		}
		lines := fit(texts[i], col.width-2*cellPad, high-4, t.size, 5, c.measure(f))
		c.block(f, lines, at, y+(high-lines.height())/2, across)
		x += col.width
	}
	return y + high
}
