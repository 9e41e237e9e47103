package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// bulkReview is the foot of a list of works: a hint, or the buttons that review all ticked works at once.
type bulkReview struct {
	widget.BaseWidget

	hint *look.CutText
	keep fyne.CanvasObject // shown whether works are ticked or not
	acts *fyne.Container
	text string
	sh   kit.Shell
}

// BulkMore is what a page adds to the foot of WithBulkReview.
type BulkMore struct {
	Keep fyne.CanvasObject   // stands there at any time, or nil
	Acts []fyne.CanvasObject // more that may be done with what is ticked
}

// WithBulkReview sets body above a foot that reviews what is ticked in table.
func WithBulkReview(
	sh kit.Shell, o Reviewer, table *table.Table[judging.Work], top, body fyne.CanvasObject, more BulkMore,
) fyne.CanvasObject {
	b := &bulkReview{sh: sh, text: sh.T("mend.hint", nil)}
	b.hint = look.NewCutText(b.text, look.Note, look.Quiet)
	act := func(status judging.WorkStatus) func() { return func() { AskReview(sh, o, table.Ticked(), status) } }
	b.keep = more.Keep
	b.acts = lay.Row(lay.Gap8, append(more.Acts,
		button.New(sh.T("review.bulk_accept", nil), act(judging.Accepted)),
		button.New(sh.T("app.review_return", nil), act(judging.Returned)),
		button.NewDanger(sh.T("app.review_reject", nil), act(judging.Rejected)),
	)...)
	b.acts.Hide()
	b.ExtendBaseWidget(b)
	all := lay.Fill(top, body, b)
	table.WithTicks()
	table.OnTicks = func(n int) { b.ticked(n); all.Refresh() }
	return all
}

// CreateRenderer implements fyne.Widget.
func (b *bulkReview) CreateRenderer() fyne.WidgetRenderer {
	right := lay.Row(lay.Gap8)
	if b.keep != nil {
		right.Add(b.keep)
	}
	right.Add(b.acts)
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, nil, right, b.hint))
}

func (b *bulkReview) ticked(n int) {
	b.acts.Hidden = n == 0
	if n == 0 {
		b.hint.Set(b.text, look.Quiet)
	} else {
		b.hint.Set(b.sh.T("mend.ticked", judging.Args{"N": n}), look.Accent)
	}
	b.Refresh()
}
