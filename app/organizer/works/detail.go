package works

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/correction"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// detailChars is the width of the details in Chinese characters.
const detailChars = 22

// workDetail shows what is known of one work next to the list, with its first picture and the buttons that review it.
type workDetail struct {
	widget.BaseWidget

	closed  func() // the user wants the room back
	open    func() // the user wants to look closely
	short   func(judging.WorkID) []string
	sh      kit.Shell
	office  worksOffice
	box     *fyne.Container
	acts    *fyne.Container
	picture *fyne.Container
	work    judging.Work
	history *correction.History
	state   func(judging.Work) table.Cell
}

func newWorkDetail(sh kit.Shell, o worksOffice) *workDetail {
	d := &workDetail{
		sh: sh, office: o, box: lay.Stack(lay.Gap8), acts: lay.Row(lay.Gap8), picture: container.NewStack(),
	}
	d.ExtendBaseWidget(d)
	d.clear()
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *workDetail) CreateRenderer() fyne.WidgetRenderer {
	scroll := lay.VScroll(d.box)
	inside := container.NewStack(lay.Blank(look.Em(detailChars), 0), container.NewBorder(nil, d.acts, nil, nil, scroll))
	return widget.NewSimpleRenderer(lay.Surface(inside))
}

// clear takes the details away: the list gets their room.
func (d *workDetail) clear() {
	d.work = judging.Work{}
	d.Hide()
}

// show shows w.
func (d *workDetail) show(w judging.Work) {
	same := d.work.ID == w.ID
	d.work = w
	if !same {
		d.picture.RemoveAll()
		d.loadPicture()
	}
	d.box.RemoveAll()
	shut := lay.Stack(lay.Gap4, button.NewIcon(theme.CancelIcon(), func() { d.closed() }))
	d.box.Add(container.NewBorder(
		nil, nil, nil, shut, look.NewPara(w.Title, look.Section, look.Plain, detailChars-4).Fluid(),
	))
	state := d.state(w)
	d.box.Add(lay.Row(0, status.NewChip(state.Text, state.Tone)))
	d.box.Add(d.picture)
	d.box.Add(look.NewText(d.filesText(), look.Note, look.Quiet))
	if len(w.Files) > 0 {
		d.box.Add(lay.Row(0, button.New(d.sh.T("viewer.look", nil), func() { d.open() })))
	}
	for _, text := range d.short(w.ID) {
		d.box.Add(look.NewPara(text, look.Note, look.Waiting, detailChars))
	}
	for _, f := range page.WorkFacts(d.sh, w) {
		d.box.Add(factLine(f))
	}
	d.box.Add(d.history.Box)
	d.history.Show(w)
	d.showActs()
	d.Show()
}

// factChars is the width of the names of properties.
const factChars = 5

// factLine is the name of a property with its value.
func factLine(f page.Fact) fyne.CanvasObject {
	name := look.NewPara(f.Name, look.Body, look.Quiet, factChars)
	return container.NewBorder(nil, nil, container.NewStack(lay.Blank(look.Em(factChars), 0), name), nil,
		lay.Inset(0, lay.Stack(lay.Gap4, look.NewPara(f.Value, look.Body, look.Plain, detailChars-factChars-1))))
}

func (d *workDetail) filesText() string {
	if len(d.work.Files) == 0 {
		return d.sh.T("app.detail_no_files", nil)
	}
	return d.sh.T("app.detail_files", judging.Args{"N": len(d.work.Files)})
}

// showActs offers the changes of status that make sense from the present one.
func (d *workDetail) showActs() {
	d.acts.RemoveAll()
	if d.work.Status == judging.Accepted {
		d.acts.Add(button.New(d.sh.T("app.review_return", nil), func() { d.onReason(judging.Returned) }))
		d.acts.Add(button.NewDanger(d.sh.T("app.review_reject", nil), func() { d.onReason(judging.Rejected) }))
		return
	}
	d.acts.Add(button.New(d.sh.T("app.review_accept", nil), func() {
		d.sh.ShowError(d.review(judging.Accepted, ""))
	}))
}

// menu offers the same, and the files.
func (d *workDetail) menu() []*fyne.MenuItem {
	var out []*fyne.MenuItem
	if len(d.work.Files) > 0 {
		out = append(out, fyne.NewMenuItem(d.sh.T("viewer.look", nil), func() { d.open() }))
	}
	if d.work.Status != judging.Accepted {
		return append(
			out,
			fyne.NewMenuItem(d.sh.T("app.review_accept", nil), func() {
				d.sh.ShowError(d.review(judging.Accepted, ""))
			}),
		)
	}
	return append(out, fyne.NewMenuItem(d.sh.T("app.review_return", nil), func() { d.onReason(judging.Returned) }),
		fyne.NewMenuItem(d.sh.T("app.review_reject", nil), func() { d.onReason(judging.Rejected) }))
}

// onReason asks for the reason, then reviews.
func (d *workDetail) onReason(status judging.WorkStatus) {
	reason := field.NewText(
		d.sh, d.sh.T("app.fact_reason", nil), d.sh.T("app.review_reason_help", nil),
		field.TextRule{Required: true, Limit: 200},
	)
	d.sh.Ask(kit.Question{Title: d.sh.T("app.review_"+string(status)+"_title", nil),
		Text:   d.sh.T("app.review_ask", judging.Args{"Code": d.work.Code, "Title": d.work.Title}),
		Action: d.sh.T("app.review_"+string(status)+"_act", nil), Danger: status == judging.Rejected, Content: reason,
		Do: func() error { return d.review(status, reason.Text()) }})
}

// review changes the status at once: it is one small write.
func (d *workDetail) review(status judging.WorkStatus, reason string) error {
	_, err := d.office.ReviewWorks(
		context.Background(), []judging.WorkID{d.work.ID}, judging.Finding{Status: status, Note: reason},
	)
	return err
}

// loadPicture shows the picture that stands for the work, if it still is the one selected when it has come.
func (d *workDetail) loadPicture() {
	id, n := d.work.ID, page.FrontFile(d.work)
	if n < 0 || d.work.Files[n].Kind != "picture" && d.work.Files[n].Kind != "video" {
		return
	}
	var thumb image.Image
	d.sh.Run(d.sh.T("app.picture_loading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		thumb, err = page.KeptThumb(ctx, d.office, id, n, page.ThumbEdge)
		return err
	}, func(err error) {
		if d.work.ID == id {
			d.showPicture(thumb, err)
		}
	})
}

// showPicture shows the picture, or in its place why it can't be shown: a bad picture must not stop the list.
func (d *workDetail) showPicture(thumb image.Image, err error) {
	d.picture.RemoveAll()
	if err != nil {
		d.picture.Add(look.NewPara(d.sh.Err(err), look.Note, look.Waiting, detailChars))
		return
	}
	c := canvas.NewImageFromImage(thumb)
	c.FillMode = canvas.ImageFillContain
	c.SetMinSize(fyne.NewSize(look.Em(detailChars), look.Em(11)))
	d.picture.Add(button.NewPress(c, func() { d.open() }))
}
