package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/judging"
	"fayi/judging/office/review"
)

// Reviewer is what a review of works needs of the contest.
type Reviewer interface {
	ReviewWorks(ctx context.Context, ids []judging.WorkID, f judging.Finding) (review.ReviewReport, error)
	UndoReview(ctx context.Context, batch int) ([]judging.WorkID, error)
}

// ReasonForm asks why works are returned or rejected: reasons to tick, and words.
type ReasonForm struct {
	widget.BaseWidget

	Ticks   map[judging.ReviewReason]*choice.Check
	Note    *field.Text
	content fyne.CanvasObject
}

// NewReasonForm returns the form with no reason chosen.
func NewReasonForm(t kit.Texter) *ReasonForm {
	f := &ReasonForm{Ticks: map[judging.ReviewReason]*choice.Check{}}
	f.Note = field.NewText(t, t.T("review.note", nil), "", field.TextRule{Limit: 200})
	for _, r := range judging.ReviewReasons {
		f.Ticks[r] = choice.NewCheck(Capital(t.T("review.because_"+string(r), nil)), nil)
	}
	f.content = f.layout()
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *ReasonForm) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// Inside is what the form is made of.
func (f *ReasonForm) Inside() fyne.CanvasObject { return f.content }

func (f *ReasonForm) layout() fyne.CanvasObject {
	left, right := lay.Stack(lay.Gap4), lay.Stack(lay.Gap4)
	for i, r := range judging.ReviewReasons {
		column := left
		if i >= (len(judging.ReviewReasons)+1)/2 {
			column = right
		}
		column.Add(f.Ticks[r])
	}
	return lay.Stack(lay.Gap8, lay.Row(lay.Gap16, left, right), f.Note)
}

// finding is what was ticked and written.
func (f *ReasonForm) finding(status judging.WorkStatus) judging.Finding {
	out := judging.Finding{Status: status, Note: f.Note.Text()}
	for _, r := range judging.ReviewReasons {
		if f.Ticks[r].Checked {
			out.Reasons = append(out.Reasons, r)
		}
	}
	return out
}

// AskReview reviews works: accepting at once, anything else after asking for the reasons. It shows what was done,
// with a way back.
func AskReview(sh kit.Shell, o Reviewer, works []judging.Work, status judging.WorkStatus) {
	switch {
	case len(works) == 0:
		return
	case status == judging.Accepted:
		sh.ShowError(reviewNow(sh, o, works, judging.Finding{Status: status}))
		return
	}
	form := NewReasonForm(sh)
	text := sh.T("review.ask_many", judging.Args{"N": len(works)})
	if len(works) == 1 {
		text = sh.T("app.review_ask", judging.Args{"Code": works[0].Code, "Title": works[0].Title})
	}
	sh.Ask(kit.Question{
		Title: sh.T("app.review_"+string(status)+"_title", nil), Text: text,
		Action:  sh.T("app.review_"+string(status)+"_act", nil),
		Danger:  status == judging.Rejected,
		Content: form,
		Draft:   "review/" + string(status) + "/" + string(works[0].ID),
		Do:      func() error { return reviewNow(sh, o, works, form.finding(status)) },
	})
}

func reviewNow(sh kit.Shell, o Reviewer, works []judging.Work, f judging.Finding) error {
	ids := make([]judging.WorkID, len(works))
	for i, w := range works {
		ids[i] = w.ID
	}
	r, err := o.ReviewWorks(context.Background(), ids, f)
	if err != nil {
		return err
	}
	sh.Tell(kit.Notice{Tone: StatusTone(f.Status), Action: sh.T("duplicates.undo", nil), Undo: true,
		Text: sh.T("cli.works_reviewed", judging.Args{
			"N": len(r.Reviewed), "Status": StatusWord(sh, f.Status), "Refused": len(r.Refused),
		}),
		Do: func() {
			_, err := o.UndoReview(context.Background(), r.Batch)
			sh.ShowError(err)
		}})
	return nil
}

// findingText writes the reasons of a finding in words.
func findingText(t kit.Texter, f judging.Finding) string {
	var out []string
	for _, r := range f.Reasons {
		if r != judging.ReasonOther {
			out = append(out, t.T("review.because_"+string(r), nil))
		}
	}
	if f.Note != "" {
		out = append(out, f.Note)
	}
	return Capital(strings.Join(out, t.T("kit.semicolon", nil)))
}

// ReviewMenu leads from the list of works to what is done with them before judges see them.
func ReviewMenu(sh kit.Shell) *button.Button {
	to := func(title, kind string) *fyne.MenuItem {
		return fyne.NewMenuItem(title, func() { sh.Navigate(kit.Route{Kind: kind}) })
	}
	return button.NewMenu(
		sh.T("review.menu", nil), to(sh.T("review.title", nil), Review), to(sh.T("duplicates.title", nil), Duplicates),
	)
}
