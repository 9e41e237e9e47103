package judge

import (
	"context"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/judging"
)

// looks are what the judge has looked at, on the way to where ballots are kept. They are written one at a time, so
// that an older one never replaces a newer one.
type looks struct {
	unknown map[judging.WorkCode]bool // works with a ballot of which nobody knows what was looked at
	asked   map[judging.WorkCode]bool // works of which the judge was asked whether to score them all the same
	due     map[judging.WorkCode]judging.Look
	writing bool
}

func newLooks() looks {
	return looks{
		unknown: map[judging.WorkCode]bool{},
		asked:   map[judging.WorkCode]bool{},
		due:     map[judging.WorkCode]judging.Look{},
	}
}

// recall takes over what was looked at before the desk was opened.
func (d *Desk) recall() {
	for _, w := range d.duties.Works {
		d.shelf.Recall(w.Code, w.Look.Seen)
		d.looks.asked[w.Code] = w.Look.Unseen > 0
		d.looks.unknown[w.Code] = tally.State(w) != judging.Open && w.Look.Same(judging.Look{})
	}
}

// sawSome shows and keeps that a file of a work was looked at.
func (d *Desk) sawSome(code judging.WorkCode) {
	d.queue.refresh()
	if d.board != nil {
		d.board.refresh()
	}
	d.noteLook(code, false)
}

// closeSheet leaves the work shown.
func (d *Desk) closeSheet() {
	d.sheet.close()
	d.noteLook(d.sheet.work.Code, true)
}

// noteLook keeps what of a work was looked at and, once the judge has left it scored, how much was not.
func (d *Desk) noteLook(code judging.WorkCode, left bool) {
	i := d.find(code)
	if i < 0 || d.duties.Submitted {
		return
	}
	w := &d.duties.Works[i]
	now := judging.Look{}
	for n := range w.Files {
		if d.shelf.Saw(viewer.Spot{Code: code, N: n}) {
			now.Seen = append(now.Seen, n)
		}
	}
	if _, unseen := d.looked(w.BlindWork); tally.State(*w) == judging.Scored {
		if now.Unseen = unseen; !left {
			now.Unseen = min(unseen, w.Look.Unseen)
		}
	}
	if now.Same(w.Look) {
		return
	}
	w.Look = now
	d.looks.due[code] = now
	d.writeLooks()
}

// writeLooks writes what is due. What can't be written is due again when something else was looked at, or at the end.
func (d *Desk) writeLooks() {
	if d.looks.writing {
		return
	}
	for code, l := range d.looks.due {
		d.looks.writing = true
		d.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
			return d.pen.book.Look(ctx, code, l)
		}, func(err error) {
			d.looks.writing = false
			if err != nil {
				return
			}
			if d.looks.due[code].Same(l) {
				delete(d.looks.due, code)
			}
			d.writeLooks()
		})
		return
	}
}

// putLooksAway writes what is due before the page goes.
func (d *Desk) putLooksAway(ctx context.Context) {
	for code, l := range d.looks.due {
		if d.pen.book.Look(ctx, code, l) == nil {
			delete(d.looks.due, code)
		}
	}
}
