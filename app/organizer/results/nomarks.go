package results

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging/office/results"
)

// unmarked is what a page of marks says in a round without any: why there is nothing, how far judges agree where the
// page tells that, and where to look instead.
type unmarked struct {
	why   error
	agree []results.VoteAgreement
}

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
	empty := lay.Surface(status.NewEmpty(sh.T("fair.no_marks", nil), sh.Err(u.why), act))
	if len(u.agree) == 0 {
		page.SetBody(body, empty)
		return true
	}
	lines := lay.Stack(lay.Gap8, look.NewStrong(sh.T("fair.agreement", nil), look.Section, look.Plain))
	for _, a := range u.agree {
		r := a.Say()
		lines.Add(look.NewPara(sh.T(r.Text, r.Args), look.Body, look.Plain, 60).Fluid())
	}
	page.SetBody(body, lay.Stack(lay.Gap16, empty, lay.Surface(lines)))
	return true
}
