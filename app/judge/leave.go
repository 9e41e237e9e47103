package judge

import (
	"fayi/app/judge/tally"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/judging"
)

// handBack gives the computer back once everything is saved.
func (d *Desk) handBack() {
	if d.remind(d.sh.T("desk.unsubmitted_text", judging.Args{
		"Total": tally.Count(d.duties.Works).Total, "Leave": d.sh.T(d.leave.key, nil),
	})) {
		return
	}
	if d.sheet != nil {
		d.sheet.flush(d.leave.do)
		return
	}
	d.leave.do()
}

// remind asks a judge once who has scored all, not submitted, and goes: from the list of names nobody would see it. It
// reports whether it asked.
func (d *Desk) remind(text string) bool {
	t := tally.Count(d.duties.Works)
	if d.duties.Submitted || t.Total == 0 || t.Todo() > 0 || d.reminded {
		return false
	}
	d.reminded = true
	d.sh.Ask(kit.Question{
		Title: d.sh.T("desk.unsubmitted_title", nil), Text: text, Action: d.sh.T("desk.review_go", nil),
		Do: func() error { d.toReview(); return nil },
	})
	return true
}

// AskClose is what handBack asks, where the window is closed instead.
func (d *Desk) AskClose() bool {
	return d.remind(d.sh.T("desk.unsubmitted_close", judging.Args{"Total": tally.Count(d.duties.Works).Total}))
}

func (d *Desk) leaveButton() *button.Button { return button.New(d.sh.T(d.leave.key, nil), d.handBack) }
