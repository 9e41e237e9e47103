package stage

import (
	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/live"
)

// What ends the scoring of a work besides the organiser.
const (
	byHand  = ""
	byCount = "count" // all judges have finished
	byTime  = "time"  // so many seconds have passed since they could finish
)

// auto says how scoring ends by itself while the page is shown.
type auto struct {
	How     string
	Seconds int
}

// over reports whether the scoring of the work on the stage is to end now. A performance that is timed goes on.
func (a auto) over(on live.Turn) bool {
	if !on.Started.IsZero() && on.Stopped.IsZero() {
		return false
	}
	switch a.How {
	case byCount:
		return on.Seats > 0 && on.Scored >= on.Seats
	case byTime:
		return on.Waited >= float64(a.Seconds)
	}
	return false
}

// text says how scoring ends.
func (a auto) text(t kit.Texter) string {
	return t.T("stagepage.auto_is_"+a.key(), judging.Args{"Seconds": a.Seconds})
}

func (a auto) key() string {
	if a.How == byHand {
		return "hand"
	}
	return a.How
}

// usualSeconds is how long judges have where nothing else is said.
const usualSeconds = 60

// onAuto asks how scoring ends.
func (p *stagePage) onAuto() {
	was := p.place.auto
	if was.Seconds == 0 {
		was.Seconds = usualSeconds
	}
	seconds := field.NewNumber(p.sh, p.sh.T("stagepage.auto_seconds", nil), p.sh.T("stagepage.auto_seconds_help", nil),
		p.sh.T("stagepage.seconds", nil), field.Range{Low: 5, High: 3600}, true)
	seconds.SetValue(float64(was.Seconds))
	seconds.Hidden = was.How != byTime
	how := choice.NewSegments([]choice.Option{
		{Key: byHand, Title: p.sh.T("stagepage.closing_hand", nil)},
		{Key: byCount, Title: p.sh.T("stagepage.closing_count", nil)},
		{Key: byTime, Title: p.sh.T("stagepage.closing_time", nil)},
	}, was.How, func(key string) {
		seconds.Hidden = key != byTime
		seconds.Refresh()
	})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("stagepage.auto_title", nil), Text: p.sh.T("stagepage.auto_text", nil),
		Content: lay.Stack(lay.Gap16, lay.Row(0, how), seconds), Action: p.sh.T("stagepage.auto_do", nil),
		Do: func() error {
			n, ok := seconds.Value()
			if !ok && how.Chosen() == byTime {
				seconds.Focus()
				return judging.Fail(judging.Invalid, "stagepage.auto_bad", nil)
			}
			if !ok {
				n = usualSeconds
			}
			p.place.auto = auto{how.Chosen(), int(n)}
			p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.place.auto.text(p.sh)})
			p.Load()
			return nil
		},
	})
}
