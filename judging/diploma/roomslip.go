package diploma

import (
	"io"
	"time"
)

// RoomSlip 入场条 carries the address of the room for one judge, as a QR code and in words.
type RoomSlip struct {
	Contest string
	Judge   string // name
	Address string // with the judge's token
	Made    time.Time
	Words   Words
}

// RoomSlips writes slips as PDF on A4, four to a page with lines to cut along. Errors: those of w; Internal.
func RoomSlips(w io.Writer, slips ...RoomSlip) error {
	var title string
	var made time.Time
	if len(slips) > 0 {
		title, made = slips[0].Words("diploma.room_title", nil), slips[0].Made
	}
	return slipSheet(w, title, made, len(slips), func(c *canvas, i int, y float64) { slips[i].draw(c, y) })
}

func (s RoomSlip) draw(c *canvas, y float64) {
	const side = 54 * mm
	c.code(s.Address, marginSide, y+9*mm, side)
	x, width := marginSide+side+8*mm, insideWidth-side-8*mm
	y = c.block(bold, fit(s.Contest, width, 40, 13, 9, c.measure(bold)), x, y+11*mm, "left") + 4
	for _, key := range []string{"diploma.room_for", "diploma.room_how", "diploma.room_keep"} {
		size := 11.0
		if key == "diploma.room_keep" {
			size = 9.5
		}
		words := s.Words(key, map[string]any{"Judge": s.Judge})
		y = c.block(regular, c.wrap(regular, size, width, words), x, y, "left") + 4
	}
	c.block(regular, c.wrap(regular, 8.5, width, s.Address), x, y, "left")
}
