package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// showSide shows the item that is selected: what is known of it, the thing itself, and what can be done.
func (p *blindPage) showSide() {
	p.side.RemoveAll()
	if p.item.work == "" {
		p.side.Add(kit.NewEmptyState(p.sh.T("blind.pick", nil), p.sh.T("blind.pick_text", nil), nil))
		return
	}
	p.side.Add(kit.Fill(p.sideHead(), p.sideBody(), p.sideActs()))
}

func (p *blindPage) sideHead() fyne.CanvasObject {
	box := kit.Stack(
		kit.Gap4, kit.NewCutText(string(p.item.code)+"  "+p.item.name+"  "+p.item.what(p.sh), kit.Section, kit.Plain),
	)
	needs, names, removed := blindLines(p.sh, p.item)
	tone := kit.Waiting
	if p.item.state() != blindOpen {
		tone = kit.Quiet
	}
	for _, line := range []struct {
		text string
		tone kit.Tone
	}{{needs, tone}, {names, kit.Problem}, {removed, kit.Quiet}, {restLine(p.sh, p.item), kit.Quiet}} {
		if line.text != "" {
			box.Add(kit.NewPara(line.text, kit.Note, line.tone, 40).Fluid())
		}
	}
	return box
}

func (p *blindPage) sideBody() fyne.CanvasObject {
	switch {
	case p.item.n == 0:
		return container.NewVBox(
			kit.NewPara(p.sh.T("blind.title_has", judging.Args{"Title": p.item.name}), kit.Body, kit.Plain, 30).Fluid(),
		)
	case p.sight.work.ID == "":
		return kit.NewEmptyState(p.sh.T("blind.opening", nil), "", nil)
	case p.sight.pic != nil:
		return p.editor
	case p.sight.text != "":
		return namesShown(p.sight.text, p.sight.work)
	}
	open := kit.NewButton(p.sh.T("viewer.open_outside", nil), func() {
		page.OpenOutside(p.sh, p.office, p.sight.work, p.item.n-1)
	})
	return kit.NewEmptyState(p.sh.T("blind.no_view", nil), "", open)
}

func (p *blindPage) sideActs() fyne.CanvasObject {
	left := kit.Row(kit.Gap8)
	if p.sight.pages > 1 {
		left.Add(kit.NewButton(p.sh.T("blind.page_back", nil), func() { p.onPage(-1) }))
		left.Add(container.NewCenter(kit.NewText(
			p.sh.T("blind.page_n", judging.Args{"N": p.sight.page + 1, "All": p.sight.pages}), kit.Note, kit.Quiet,
		)))
		left.Add(kit.NewButton(p.sh.T("blind.page_on", nil), func() { p.onPage(1) }))
	}
	switch {
	case len(p.covers()) > 0:
		left.Add(kit.NewButton(p.sh.T("blind.take_off", nil), p.onTakeOff))
	case p.sight.pic != nil && p.sight.pages < 2:
		left.Add(container.NewCenter(kit.NewText(p.sh.T("blind.mask_help", nil), kit.Note, kit.Quiet)))
	}
	right := kit.Row(kit.Gap8)
	if p.item.file.Looked {
		right.Add(kit.NewButton(p.sh.T("blind.unlook", nil), p.onUnlook))
		right.Add(kit.NewButton(p.sh.T("blind.next", nil), p.onNext))
	} else {
		right.Add(kit.NewPrimary(p.sh.T("blind.looked", nil), p.onLooked))
	}
	return kit.Spread(left, right)
}
