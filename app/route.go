package app

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
)

// trail is where one has been: routes as values, and what their pages wanted kept.
type trail struct {
	back []kit.Route
	next []kit.Route // where Forward leads, the nearest last
	here kit.Route
	kept map[kit.Route]any
}

// maxTrail bounds how far back one can go.
const maxTrail = 50

// Navigate shows the page of r; the page left is remembered.
func (a *App) Navigate(r kit.Route) {
	if r == a.trail.here {
		a.Reload()
		return
	}
	a.leave()
	a.trail.back, a.trail.next = append(a.trail.back, a.trail.here), nil
	if n := len(a.trail.back); n > maxTrail {
		a.trail.back = a.trail.back[n-maxTrail:]
	}
	a.open(r)
}

// NextInstance returns a number that no route of this window had before.
func (a *App) NextInstance() int {
	a.made++
	return a.made
}

// Back shows the page before this one; at the first page it does nothing.
func (a *App) Back() {
	n := len(a.trail.back)
	if n == 0 {
		return
	}
	a.leave()
	r := a.trail.back[n-1]
	a.trail.back, a.trail.next = a.trail.back[:n-1], append(a.trail.next, a.trail.here)
	a.open(r)
}

// Forward shows the page that Back left; where there is none it does nothing.
func (a *App) Forward() {
	n := len(a.trail.next)
	if n == 0 {
		return
	}
	a.leave()
	r := a.trail.next[n-1]
	a.trail.back, a.trail.next = append(a.trail.back, a.trail.here), a.trail.next[:n-1]
	a.open(r)
}

// Restart shows the page of r and forgets every other page and what it kept.
func (a *App) Restart(r kit.Route) {
	a.leave()
	a.trail = trail{kept: map[kit.Route]any{}}
	a.open(r)
}

// Route is where one is.
func (a *App) Route() kit.Route { return a.trail.here }

// leave lets the page put things away and keeps its place.
func (a *App) leave() {
	if p, ok := a.page.(kit.Leaver); ok {
		p.Leave()
	}
	if p, ok := a.page.(kit.Keeper); ok {
		a.trail.kept[a.trail.here] = p.Keep()
	}
}

// open builds the page of r and the frame around it, then loads it. A kind nobody makes shows a page that says so.
func (a *App) open(r kit.Route) {
	maker := a.cfg.Pages[r.Kind]
	if maker == nil {
		maker = func(sh kit.Shell, _ kit.Route) kit.Page { return page.Missing(sh) }
	}
	if r != a.trail.here {
		a.Fill(false, nil)
	}
	live := a.tasks.live
	a.trail.here = r
	a.page = maker(a, r)
	if p, ok := a.page.(kit.Keeper); ok {
		if state, has := a.trail.kept[r]; has {
			p.Restore(state)
		}
	}
	a.build()
	a.Reload()
	a.drawing.Open(live)
}

// rebuild makes page and frame again in a changed language, size or colour; the page keeps its place.
func (a *App) rebuild() {
	a.leave()
	a.framed = shape{}
	a.open(a.trail.here)
}
