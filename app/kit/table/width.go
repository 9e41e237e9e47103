package table

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
)

// Memory keeps small texts from one start to the next. Fyne's preferences are one.
type Memory interface {
	String(key string) string
	SetString(key, value string)
}

// tableKept is where a table keeps its widths, and whom it asks for words.
type tableKept struct {
	sh     kit.Shell
	memory Memory
	name   string
}

// Keep lets the edges of the heads be dragged, keeps the widths in the program's settings under name, which no
// other table may have, gives each row a menu with the page's Acts and copying, and returns t. Call it before the
// table is drawn.
func (t *Table[T]) Keep(sh kit.Shell, name string) *Table[T] {
	return t.KeepIn(sh, fyne.CurrentApp().Preferences(), name)
}

// KeepIn is Keep with another memory.
func (t *Table[T]) KeepIn(sh kit.Shell, m Memory, name string) *Table[T] {
	v := t.view
	v.kept = tableKept{sh, m, "table." + name + "." + sh.Lang()}
	v.grid.edges = true
	v.grid.own = readWidths(m.String(v.kept.name), len(v.grid.mins))
	v.head.onSize = t.sized
	return t
}

// sized draws all in changed widths and, when the column is let go, keeps them.
func (t *Table[T]) sized(done bool) {
	v := t.view
	v.wide.Refresh()
	t.Refresh()
	if done {
		v.kept.memory.SetString(v.kept.name, writeWidths(v.grid.own))
	}
}

// Widest and narrowest column, in characters.
const (
	widthLeast = 2.5
	widthMost  = 120
)

// readWidths reads what writeWidths wrote; nil for anything else, as when the columns have changed since.
func readWidths(s string, columns int) []float32 {
	var out []float32
	for _, field := range strings.Fields(s) {
		w, err := strconv.ParseFloat(field, 32)
		if err != nil || !(w >= widthLeast && w <= widthMost) {
			return nil
		}
		out = append(out, float32(w))
	}
	if len(out) != columns {
		return nil
	}
	return out
}

func writeWidths(widths []float32) string {
	var out []string
	for _, w := range widths {
		out = append(out, strconv.FormatFloat(float64(w), 'f', 2, 32))
	}
	return strings.Join(out, " ")
}

// A column of few words grows with what it holds, as those for a state are longer in one language than in another:
// looked at are so many rows, and it grows to so many times the width it was given.
const (
	widenRows = 200
	widenMost = 2.5
)

// widen gives columns without a full share of the room, which hold words of a known kind, the width that titles and
// cells need, and reports whether any grew. None ever shrinks, so that nothing jumps while rows are filtered.
func widen[T any](g *grid, columns []Column[T], rows []T) (grew bool) {
	rows = rows[:min(len(rows), widenRows)]
	grew = use(g, columns, rows)
	for i, c := range columns {
		if c.Weight >= 1 || c.Cell == nil {
			continue
		}
		need := look.RulerFor(look.Note.Size(), false).Width(c.Title + " ▲")
		for _, r := range rows {
			cell := c.Cell(r)
			need = max(need, look.RulerFor(look.Body.Size(), cell.Strong).Width(cell.Text))
		}
		if em := min((need+1)/look.Em(1), c.Min*widenMost); em > g.mins[i] {
			g.mins[i], grew = em, true
		}
	}
	if grew {
		g.ws = nil
	}
	return grew
}

// use notes which columns hold words, and reports whether that changes how they share the room. A column that held
// some keeps its share while rows are filtered.
func use[T any](g *grid, columns []Column[T], rows []T) (changed bool) {
	if g.used == nil && len(rows) > 0 {
		g.used, changed = make([]bool, len(columns)), true
	}
	for i, used := range g.used {
		if used {
			continue
		}
		g.used[i] = columns[i].Cell == nil || // a drawing
			slices.ContainsFunc(rows, func(r T) bool { return columns[i].Cell(r).Text != "" })
		changed = changed || g.used[i]
	}
	return changed
}

// edgeReach is how near to an edge the pointer must be, in device-independent pixels.
const edgeReach = 5

// edge returns the column whose right edge is at x, or -1.
func (g *grid) edge(x float32) int {
	if !g.edges {
		return -1
	}
	for i := range g.xs {
		if abs(g.xs[i]+g.ws[i]-x) <= edgeReach {
			return i
		}
	}
	return -1
}

// setWidth moves the right edge of column i to x; all other columns keep the widths they have.
func (g *grid) setWidth(i int, x float32) {
	if len(g.own) != len(g.ws) {
		g.own = make([]float32, len(g.ws))
		for k, w := range g.ws {
			g.own[k] = w / look.Em(1)
		}
	}
	g.own[i] = min(max((x-g.xs[i])/look.Em(1), widthLeast), widthMost)
	g.ws = nil
	g.fit(g.width)
}

// free lets the columns share the room again.
func (g *grid) free() {
	g.own, g.ws = nil, nil
	g.fit(g.width)
}

// gridLayout gives a table at least the width of its columns.
type gridLayout struct{ grid *grid }

// MinSize is as wide as the columns.
func (l gridLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(l.grid.least(), 0))
}

// Layout fills all.
func (l gridLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		x.Resize(size)
		x.Move(fyne.Position{})
	}
}
