package reconcile

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/gallery"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// halves gives the first object a third of the height, or what it needs.
type halves struct{}

// MinSize is the sum of heights and the greatest width.
func (*halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+lay.Gap8)
}

// Layout sets one over the other.
func (*halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := max(size.Height/3, o[0].MinSize().Height)
	o[0].Resize(fyne.NewSize(size.Width, top))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-top-lay.Gap8))
	o[1].Move(fyne.NewPos(0, top+lay.Gap8))
}

// pairPane shows one doubtful file: how it looks, and the works it may belong to, each to be confirmed.
type pairPane struct {
	widget.BaseWidget

	page    *reconcilePage
	thumb   *gallery.Thumb
	name    *look.CutText
	folder  *look.CutText
	reason  *look.Para
	offers  *fyne.Container
	dismiss *button.Button
	body    *fyne.Container
	file    intake.WaitingFile
}

func newPairPane(p *reconcilePage) *pairPane {
	n := &pairPane{
		page: p, thumb: gallery.NewThumb(look.Em(8), look.Em(6)), name: look.NewStrongCut("", look.Body),
		folder: look.NewCutText("", look.Note, look.Quiet),
		reason: look.NewPara("", look.Note, look.Waiting, 16).Fluid(),
		offers: lay.Stack(lay.Gap8),
	}
	n.dismiss = button.NewPlain(p.sh.T("reconcile.dismiss", nil), func() { p.onDismiss(among(n.file, p.pairs)) })
	head := container.NewBorder(
		nil, nil, lay.Stack(lay.Gap4, n.thumb), lay.Stack(lay.Gap4, n.dismiss),
		lay.Inset(lay.Gap4, lay.Stack(lay.Gap4, n.name, n.folder, n.reason)),
	)
	// room for the scroll bar
	right := container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap8, 0), lay.Stack(lay.Gap8, head, n.offers))
	n.body = container.NewStack(lay.VScroll(right))
	n.ExtendBaseWidget(n)
	return n
}

// CreateRenderer implements fyne.Widget.
func (n *pairPane) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(lay.Surface(n.body))
}

// whence says in which folder a file came, and by which other paths the same came; "" for neither.
func (n *pairPane) whence(f intake.WaitingFile) string {
	var parts []string
	if d := path.Dir(f.Path); d != "." {
		parts = append(parts, d)
	}
	if len(f.Also) > 0 {
		paths := strings.Join(f.Also, n.page.sh.T("kit.comma", nil))
		parts = append(parts, n.page.sh.T("reconcile.also", judging.Args{"Paths": paths}))
	}
	return strings.Join(parts, " · ")
}

// show shows one file; an empty one nothing.
func (n *pairPane) show(f intake.WaitingFile) {
	again := n.file.ID == f.ID
	n.file = f
	n.body.Hidden = f.ID == ""
	n.Refresh()
	if f.ID == "" {
		return
	}
	t := n.page.sh
	n.name.Set(f.File.Name, look.Plain)
	from := n.whence(f)
	n.folder.Set(from, look.Quiet)
	n.folder.Hidden = from == ""
	n.reason.SetText(page.Capital(t.T(f.Reason, nil)))
	n.offers.RemoveAll()
	for i, o := range f.Offers {
		n.offers.Add(n.offer(i, o))
	}
	if !again {
		showThumb(n.page.sh, n.page.office, f, n.thumb, func() bool { return n.file.ID == f.ID })
	}
}

// offer is one work with how sure it is, what speaks for it and the button that confirms it; the first is what
// Enter takes if it is certain.
func (n *pairPane) offer(i int, o intake.Offer) fyne.CanvasObject {
	t := n.page.sh
	make := button.New
	if i == 0 && isCertain(n.file) {
		make = button.NewPrimary
	}
	take := make(t.T("reconcile.take", nil), func() { n.page.onTake(n.file, i) })
	var clues []string
	for _, c := range o.Clues {
		clues = append(clues, t.T(c, nil))
	}
	who := strings.Join(append(append([]string{}, o.Authors...), o.Unit), " · ")
	words := lay.Stack(
		0, look.NewStrongCut(o.Title, look.Body), look.NewCutText(who, look.Note, look.Plain),
		look.NewCutText(page.Capital(strings.Join(clues, t.T("kit.comma", nil))), look.Note, look.Quiet),
	)
	sure := look.NewText(sharePercent(o.Score), look.Body, look.Info)
	return container.NewBorder(
		nil, nil, container.NewStack(lay.Blank(look.Em(3), 0), container.NewCenter(sure)), container.NewCenter(take),
		lay.Inset(lay.Gap4, words),
	)
}

// loosePane stands below the files without a work: how the selected one looks, and the button that gives it to the
// selected work.
type loosePane struct {
	widget.BaseWidget

	page    *reconcilePage
	thumb   *gallery.Thumb
	name    *look.CutText
	folder  *look.CutText
	join    *button.Button
	dismiss *button.Button
	body    fyne.CanvasObject
	file    intake.WaitingFile
}

func newLoosePane(p *reconcilePage) *loosePane {
	n := &loosePane{
		page: p, thumb: gallery.NewThumb(look.Em(5), look.Em(5)), name: look.NewStrongCut("", look.Body),
		folder: look.NewCutText("", look.Note, look.Quiet),
	}
	n.join = button.NewPrimary(p.sh.T("reconcile.join", nil), p.onJoin)
	n.dismiss = button.NewPlain(p.sh.T("reconcile.dismiss", nil), func() { p.onDismiss(marked(p.files)) })
	head := container.NewBorder(
		nil, nil, n.thumb, nil, lay.Inset(lay.Gap4, lay.Stack(lay.Gap4, n.name, n.folder, lay.Row(0, n.dismiss))),
	)
	n.body = lay.Stack(lay.Gap8, head, n.join)
	n.ExtendBaseWidget(n)
	n.set(intake.WaitingFile{}, false, intake.FilelessWork{}, false, 0)
	return n
}

// CreateRenderer implements fyne.Widget.
func (n *loosePane) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(lay.Surface(n.body))
}

func (n *loosePane) set(f intake.WaitingFile, hasFile bool, w intake.FilelessWork, hasWork bool, count int) {
	again := n.file.ID == f.ID
	n.file = f
	n.dismiss.Hidden, n.thumb.Hidden = !hasFile, !hasFile
	n.join.Disable()
	t := n.page.sh
	switch {
	case !hasFile:
		n.name.Set(t.T("reconcile.choose_file", nil), look.Quiet)
		n.folder.Set("", look.Quiet)
	case !hasWork:
		n.name.Set(f.File.Name, look.Plain)
		n.folder.Set(t.T("reconcile.choose_work", nil), look.Waiting)
	default:
		n.name.Set(f.File.Name, look.Plain)
		n.folder.Set("→ "+w.Title, look.Done)
		n.join.Enable()
	}
	if count > 1 {
		n.name.Set(t.T("mend.files_marked", judging.Args{"N": count}), look.Plain)
	}
	n.Refresh()
	if !again {
		showThumb(n.page.sh, n.page.office, f, n.thumb, func() bool { return n.file.ID == f.ID })
	}
}

// showThumb draws a file small when that has come, if it still is the one shown; what can't be drawn keeps a shape.
func showThumb(sh kit.Shell, o reconcileOffice, f intake.WaitingFile, thumb *gallery.Thumb, still func() bool) {
	thumb.SetShape(waitingShape(f.File.Kind))
	thumb.Set(nil)
	if f.ID == "" {
		return
	}
	var img image.Image
	sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		data, err := o.WaitingThumbnail(ctx, f.ID, 320)
		if err == nil {
			img, err = jpeg.Decode(bytes.NewReader(data))
		}
		return err
	}, func(err error) {
		if err == nil && still() {
			thumb.Set(img)
		}
	})
}

// waitingShape stands for a file that can't be drawn.
func waitingShape(kind string) fyne.Resource {
	switch kind {
	case "video":
		return theme.FileVideoIcon()
	case "audio":
		return theme.FileAudioIcon()
	case "picture":
		return theme.FileImageIcon()
	}
	return theme.FileTextIcon()
}
