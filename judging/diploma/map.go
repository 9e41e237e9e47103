package diploma

import (
	"io"
	"time"
)

// TileTone is the colour of a tile.
type TileTone int

// The colours of tiles. What a tile means stands in its word, too: papers are printed without colour.
const (
	TilePlain TileTone = iota
	TileRed
	TileAmber
	TileBlue
	TileGreen
)

// tileColours are the edge and the ground of each.
var tileColours = map[TileTone][2][3]uint8{
	TilePlain: {{0x60, 0x60, 0x60}, {0xFF, 0xFF, 0xFF}},
	TileRed:   {{0xB5, 0x34, 0x2B}, {0xFC, 0xEC, 0xEA}},
	TileAmber: {{0x8A, 0x5A, 0x00}, {0xFF, 0xF4, 0xDC}},
	TileBlue:  {{0x2F, 0x5D, 0x9B}, {0xE8, 0xF0, 0xFA}},
	TileGreen: {{0x1E, 0x6B, 0x3A}, {0xE6, 0xF4, 0xEA}},
}

// Tile is one thing on a map of tiles.
type Tile struct {
	Name string
	Word string // a sign and a word
	Tone TileTone
}

// TileGroup is tiles that stand together.
type TileGroup struct {
	Title string
	Tiles []Tile
}

// TileMap is a page with a table and groups of tiles below it.
type TileMap struct {
	Title  string
	Lines  []string
	Table  ListTable
	Groups []TileGroup
	Made   time.Time
	Words  Words
}

// Tiles are laid out in these sizes, in points.
const (
	tilesAcross = 5
	tileGap     = 2 * mm
	tileHigh    = 15 * mm
)

// Map writes a map of tiles as PDF on upright A4, over as many pages as it needs, with page x of y. Errors: those of w;
// Internal.
func Map(w io.Writer, m TileMap) error {
	c, err := newCanvas(paperShort, paperLong, m.Title, m.Made)
	if err != nil {
		return err
	}
	s := &sheetOf{c: c, width: paperShort, high: paperLong}
	s.head(m.Title, m.Lines)
	s.table(m.Table)
	for _, g := range m.Groups {
		s.tiles(g)
	}
	s.finish(m.Words, "")
	return c.write(w)
}

// tiles sets a group of tiles below its title, which never ends a page.
func (s *sheetOf) tiles(g TileGroup) {
	s.y += 12
	title := s.c.wrap(bold, listLines, s.inside(), g.Title)
	if s.y+title.height()+4+tileHigh > s.bottom() {
		s.turn()
	}
	s.write(bold, title, listSide, "left")
	s.y += 4
	wide := (s.inside() - (tilesAcross-1)*tileGap) / tilesAcross
	for i, t := range g.Tiles {
		column := i % tilesAcross
		if column == 0 && i > 0 {
			s.y += tileHigh + tileGap
		}
		if column == 0 && s.y+tileHigh > s.bottom() {
			s.turn()
		}
		x, y := listSide+float64(column)*(wide+tileGap), s.y
		s.draw(func() { t.draw(s.c, x, y, wide) })
	}
	if len(g.Tiles) > 0 {
		s.y += tileHigh
	}
}

func (t Tile) draw(c *canvas, x, y, wide float64) {
	edge, ground := tileColours[t.Tone][0], tileColours[t.Tone][1]
	c.pdf.SetStrokeColor(edge[0], edge[1], edge[2])
	c.pdf.SetFillColor(ground[0], ground[1], ground[2])
	c.pdf.SetLineWidth(0.8)
	c.pdf.RectFromUpperLeftWithStyle(x, y, wide, tileHigh, "FD")
	c.colour(0, 0, 0)
	const pad = 4
	word := fit(t.Word, wide-2*pad, 12, 8.5, 5.5, c.measure(bold))
	c.block(bold, word, x+pad, y+3, "left")
	name := fit(t.Name, wide-2*pad, tileHigh-18, 9, 5.5, c.measure(regular))
	c.block(regular, name, x+pad, y+16, "left")
}
