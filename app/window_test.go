package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/assets"
)

// note is a page that shows a word and counts what is done to it.
type note struct {
	sh      kit.Shell
	route   kit.Route
	kept    string
	loads   int
	left    int
	keys    []fyne.KeyName
	dropped []string
	found   int
	content func() fyne.CanvasObject
}

func (n *note) Title() string { return n.route.Kind }

func (n *note) Content() fyne.CanvasObject {
	if n.content != nil {
		return n.content()
	}
	return look.NewText("这里是 "+n.route.Kind+n.kept, look.Body, look.Plain)
}

func (n *note) Load()             { n.loads++ }
func (n *note) Keep() any         { return n.kept }
func (n *note) Restore(state any) { n.kept = state.(string) }
func (n *note) Leave()            { n.left++ }
func (n *note) Dropped(p []string) {
	n.dropped = append(n.dropped, p...)
}
func (n *note) Find() { n.found++ }
func (n *note) TypedKey(k *fyne.KeyEvent) bool {
	n.keys = append(n.keys, k.Name)
	return k.Name == fyne.KeyF5
}

// plain is a page that can nothing next to what it must.
type plain struct{ bare bool }

func (plain) Title() string              { return "" }
func (plain) Content() fyne.CanvasObject { return look.NewText("空白页", look.Body, look.Plain) }
func (plain) Load()                      {}
func (p plain) Bare() bool               { return p.bare }

// window is an App with two notes, a plain and a bare page; made holds each page that was made.
type window struct {
	*App

	made []*note
}

// runHeld is a Runner that holds all work until it is let go, and timers until they are rung.
type runHeld struct {
	held  []func()
	rings []func()
	waits []time.Duration
}

func (r *runHeld) Start(work func()) { r.held = append(r.held, work) }
func (r *runHeld) Draw(f func())     { f() }
func (r *runHeld) Wake(after time.Duration, ring func()) func() {
	r.rings, r.waits = append(r.rings, ring), append(r.waits, after)
	return func() {}
}

func (r *runHeld) letGo() {
	held := r.held
	r.held = nil
	for _, work := range held {
		work()
	}
}

func open(t *testing.T, change func(*Config)) *window {
	t.Helper()
	fa := plainApp(t)
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &window{}
	maker := func(sh kit.Shell, r kit.Route) kit.Page {
		n := &note{sh: sh, route: r}
		w.made = append(w.made, n)
		return n
	}
	cfg := Config{Catalogue: texts, Home: kit.Route{Kind: "home"}, Runner: Inline{}, Pages: map[string]Maker{
		"home": maker, "works": maker,
		"plain": func(kit.Shell, kit.Route) kit.Page { return plain{} },
		"bare":  func(kit.Shell, kit.Route) kit.Page { return plain{true} },
	}}
	if change != nil {
		change(&cfg)
	}
	w.App = New(fa, cfg)
	return w
}

func (w *window) last() *note { return w.made[len(w.made)-1] }

func (w *window) shows(text string) bool { return kittest.Shows(w.win.Content(), text) }

func (w *window) top(t *testing.T) fyne.CanvasObject {
	t.Helper()
	top := kittest.Top(w.win)
	if top == nil {
		t.Fatal("no dialog is open")
	}
	return top
}
