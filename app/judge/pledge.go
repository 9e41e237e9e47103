package judge

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging/terms"
)

// askPledge shows the pledge in the place of what the desk shows, until it is accepted or the desk is left. What is
// being written stays behind it.
func (d *Desk) askPledge(a terms.Asked) {
	if d.behind == nil {
		d.behind = d.root.Objects
	}
	accept := button.NewPrimary(d.sh.T("desk.pledge_accept", nil), func() { d.accept(a.Sum) })
	text := lay.Stack(lay.Gap16)
	for _, part := range strings.Split(a.Text, "\n") {
		text.Add(look.NewPara(part, look.Section, look.Plain, 40).Fluid())
	}
	head := header.New(d.sh.T("desk.pledge_title", nil), d.leaveButton(), accept)
	ask := look.NewPara(d.sh.T("desk.pledge_ask", nil), look.Body, look.Quiet, 40).Fluid()
	d.show(header.Page(head, lay.Surface(lay.Fill(ask, lay.VScroll(lay.Pad(lay.Gap16, 0, text)), nil))))
}

// accept keeps that the pledge was accepted and reads the list again.
func (d *Desk) accept(sum string) {
	d.sh.Run(d.sh.T("desk.pledge_title", nil), func(ctx context.Context, _ kit.Progress) error {
		return d.pen.book.Pledge(ctx, sum)
	}, func(err error) {
		if err != nil {
			d.sh.ShowError(err)
		}
		d.Load() // it may have been reworded
	})
}

// pledged puts back what stood there before the pledge was asked for.
func (d *Desk) pledged() {
	if behind := d.behind; behind != nil {
		d.behind = nil
		d.root.Objects = append([]fyne.CanvasObject{}, behind...)
		d.root.Refresh()
	}
}
