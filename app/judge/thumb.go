package judge

import (
	"fayi/app/kit"
	"fayi/judging"
)

// thumbOf returns the thumbnail of a file, which fills itself when the picture is there and refill is called.
func (d *Desk) thumbOf(at spot, w, h float32) *kit.Thumb {
	t := kit.NewThumb(w, h)
	t.SetShape(kit.FileShape(d.shelf.kindOf(at)))
	t.Set(d.shelf.thumb(at))
	return t
}

// thumbCame passes a thumbnail on to all that show it.
func (d *Desk) thumbCame(at spot) {
	img := d.shelf.thumbs[at]
	if img == nil {
		return
	}
	if d.sheet != nil {
		d.sheet.foot.near.came(at, img)
		d.sheet.view.bar.came(at, img)
	}
	if d.board != nil {
		d.board.came(at, img)
	}
}

// front is the file that stands for a work.
func front(code judging.WorkCode) spot { return spot{code, 0} }
