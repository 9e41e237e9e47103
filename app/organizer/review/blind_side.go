package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// showSide shows the item that is selected: what is known of it, the thing itself, and what can be done.
func (p *blindPage) showSide() {
	p.side.RemoveAll()
	if p.item.work == "" {
		p.side.Add(status.NewEmpty(p.sh.T("blind.pick", nil), p.sh.T("blind.pick_text", nil), nil))
		return
	}
	p.side.Add(lay.Fill(p.sideHead(), p.sideBody(), p.sideActs()))
}

func (p *blindPage) sideHead() fyne.CanvasObject {
	box := lay.Stack(
		lay.Gap4, look.NewCutText(
			string(p.item.code)+"  "+p.item.name+"  "+p.item.what(p.sh), look.Section, look.Plain,
		),
	)
	needs, names, removed := blindLines(p.sh, p.item)
	tone := look.Waiting
	if p.item.state() != blindOpen {
		tone = look.Quiet
	}
	for _, line := range []struct {
		text string
		tone look.Tone
	}{{needs, tone}, {names, look.Problem}, {removed, look.Quiet}, {restLine(p.sh, p.item), look.Quiet}} {
		if line.text != "" {
			box.Add(look.NewPara(line.text, look.Note, line.tone, 40).Fluid())
		}
	}
	return box
}

func (p *blindPage) sideBody() fyne.CanvasObject {
	switch {
	case p.item.n == 0:
		return lay.Stack(
			lay.Gap4,
			look.NewPara(
				p.sh.T("blind.title_has", judging.Args{"Title": p.item.name}), look.Body, look.Plain, 30,
			).Fluid(),
		)
	case p.sight.work.ID == "":
		return status.NewEmpty(p.sh.T("blind.opening", nil), "", nil)
	case p.sight.pic != nil:
		return p.editor
	case p.sight.text != "":
		return namesShown(p.sight.text, p.sight.work)
	}
	open := button.New(p.sh.T("viewer.open_outside", nil), func() {
		page.OpenOutside(p.sh, p.office, p.sight.work, p.item.n-1)
	})
	return status.NewEmpty(p.sh.T("blind.no_view", nil), "", open)
}

func (p *blindPage) sideActs() fyne.CanvasObject {
	left := lay.Row(lay.Gap8)
	if p.sight.pages > 1 {
		left.Add(button.New(p.sh.T("blind.page_back", nil), func() { p.onPage(-1) }))
		left.Add(container.NewCenter(look.NewText(
			p.sh.T("blind.page_n", judging.Args{"N": p.sight.page + 1, "All": p.sight.pages}), look.Note, look.Quiet,
		)))
		left.Add(button.New(p.sh.T("blind.page_on", nil), func() { p.onPage(1) }))
	}
	switch {
	case len(p.covers()) > 0:
		left.Add(button.New(p.sh.T("blind.take_off", nil), p.onTakeOff))
	case p.sight.pic != nil && p.sight.pages < 2:
		left.Add(container.NewCenter(look.NewText(p.sh.T("blind.mask_help", nil), look.Note, look.Quiet)))
	}
	right := lay.Row(lay.Gap8)
	if p.item.file.Looked {
		right.Add(button.New(p.sh.T("blind.unlook", nil), p.onUnlook))
		right.Add(button.New(p.sh.T("blind.next", nil), p.onNext))
	} else {
		right.Add(button.NewPrimary(p.sh.T("blind.looked", nil), p.onLooked))
	}
	return lay.Spread(left, right)
}
