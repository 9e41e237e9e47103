package results

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging/office/results"
)

// unmarked is what a page of marks says in a round without any: why there is nothing, and where to look instead.
type unmarked struct{ why error }

// take takes err when it says that the round has no marks, and hands on any other.
func (u *unmarked) take(err error) error {
	if u.why = nil; results.WithoutMarks(err) {
		u.why = err
		return nil
	}
	return err
}

// shown fills body with the reason; false where there are marks.
func (u *unmarked) shown(sh kit.Shell, body *fyne.Container) bool {
	if u.why == nil {
		return false
	}
	act := button.New(sh.T("fair.no_marks_act", nil), func() { sh.Navigate(kit.Route{Kind: page.Results}) })
	page.SetBody(body, lay.Surface(status.NewEmpty(sh.T("fair.no_marks", nil), sh.Err(u.why), act)))
	return true
}
