package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// askChars is the width of a dialog's text in Chinese characters.
const askChars = 30

// NewAsk draws q as the inside of a dialog. closed closes it. The act's button lives only when q.Check is ticked; an error of Do is shown above
// the buttons and the dialog stays.
func NewAsk(t Texter, q Question, closed func()) fyne.CanvasObject {
	problem := NewPara("", Body, Problem, askChars)
	problem.Hide()
	body := Stack(Gap16, NewStrong(q.Title, Section, Plain))
	if q.Text != "" {
		body.Add(NewPara(q.Text, Body, Plain, askChars))
	}
	if q.Content != nil {
		body.Add(q.Content)
	}
	buttons := Row(Gap8)
	if q.Action == "" {
		buttons.Add(NewButton(t.T("kit.close", nil), closed))
	} else {
		act := newButton(q.Action, Primary, nil)
		if q.Danger {
			act.Rank = Danger
		}
		act.OnTapped = func() {
			if q.Do != nil {
				if err := q.Do(); err != nil {
					problem.SetText(t.Err(err))
					problem.Show()
					body.Refresh()
					return
				}
			}
			closed()
		}
		if q.Check != "" {
			act.Disable()
			body.Add(widget.NewCheck(q.Check, func(on bool) {
				if on {
					act.Enable()
				} else {
					act.Disable()
				}
			}))
		}
		buttons.Objects = []fyne.CanvasObject{NewButton(t.T("kit.cancel", nil), closed), act}
	}
	body.Add(problem)
	body.Add(Spread(Blank(Em(askChars/2), 0), buttons))
	return Inset(Gap16, body)
}
