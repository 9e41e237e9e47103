package judge

import (
	"fayi/app/judge/pairs"
	"fayi/app/kit/lay"
)

// Comparing has the desk ask its judge about pairs of works, too, when the organiser compares some.
func Comparing(desk pairs.Desk) Option {
	return func(d *Desk) {
		d.pairs = pairs.New(d.sh, desk, pairs.Ways{
			Play: d.play, Leave: d.handBack, LeaveKey: d.leave.key, Aside: d.showQueue,
		})
	}
}

// lookForPairs reads whether the judge is asked about pairs of works. If so they are shown at once, unless a work is
// being scored or looked over; the list leads to them, too.
func (d *Desk) lookForPairs() {
	if d.pairs == nil {
		return
	}
	d.pairs.Load(func() {
		if !d.page() {
			return
		}
		d.queue.refresh()
		if d.pairs.Asks() && d.sheet == nil && d.board == nil && !d.offered {
			d.offered = true
			d.showPairs()
		}
	})
}

func (d *Desk) showPairs() {
	d.comparing = true
	d.show(lay.Inset(lay.Gap8, d.pairs.Content))
	d.sh.Focus(nil) // the list must not take the arrows
}

// Awake reports whether a sound or a film plays.
func (d *Desk) Awake() bool {
	return d.sheet != nil && d.sheet.view.Playing() || d.comparing && d.pairs.Playing()
}

// Undo takes back what was done last in the work shown, Redo does it again.
func (d *Desk) Undo() {
	if d.comparing {
		d.pairs.Undo()
	} else if d.sheet != nil {
		d.sheet.undo()
	}
}

// Redo does again what Undo took back.
func (d *Desk) Redo() {
	if d.sheet != nil {
		d.sheet.redo()
	}
}
