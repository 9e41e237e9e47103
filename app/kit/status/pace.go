package status

import (
	"time"

	"fayi/app/kit"
)

// Pace tells from how a task has gone so far how long it will still take.
type Pace struct {
	from        time.Time // when it was at base
	base, total int
}

// When a guess of the time left is worth telling: not before so long, and not when it ends at once.
const (
	paceFrom  = 3 * time.Second
	paceLeast = 2 * time.Second
)

// Left is the time that the rest takes if it goes as it went so far, ok false while there is too little to tell by.
// A task that begins something else, with another total or from the start again, is looked at again.
func (p *Pace) Left(now time.Time, done, total int) (left time.Duration, ok bool) {
	if total != p.total || done < p.base {
		*p = Pace{now, done, total}
	}
	gone, came := now.Sub(p.from), done-p.base
	if gone < paceFrom || came <= 0 || total <= done {
		return 0, false
	}
	left = time.Duration(float64(gone) / float64(came) * float64(total-done))
	return left, left >= paceLeast
}

// LeftWords rounds a time left to what a person would say: to ten seconds, then to minutes, then to half hours.
func LeftWords(t kit.Texter, left time.Duration) string {
	up := func(step time.Duration) int { return int((left + step - 1) / step) }
	switch {
	case left <= 50*time.Second:
		return t.T("shell.left_seconds", map[string]any{"N": 10 * up(10*time.Second)})
	case left <= time.Hour:
		return t.T("shell.left_minutes", map[string]any{"N": up(time.Minute)})
	}
	return t.T("shell.left_hours", map[string]any{"N": float64(up(30*time.Minute)) / 2})
}
