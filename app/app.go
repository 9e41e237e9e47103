// Package app is the window around the pages: its frame, the way from page to page, background work, dialogs, menu,
// type size and colours. It knows nothing of contests: pages come in by Config, which is filled where the program
// is wired together.
package app

import (
	"context"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fayi/app/chooser"
	"fayi/app/drafts"
	"fayi/app/drawing"
	"fayi/app/fullscreen"
	"fayi/app/kit"
	"fayi/app/kit/draft"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/assets"
)

// Maker builds the page of a route. It must be quick; slow reading belongs in the page's Load.
type Maker func(sh kit.Shell, r kit.Route) kit.Page

// Status is what the frame shows next to the page.
type Status struct {
	Subject string         // the open contest's name, or ""
	Stages  []status.Stage // the rail; a stage's Key is the Kind of its route
	Saved   string         // as “已自动保存 14:32 · 备份 今天”
	Tone    look.Tone      // of Saved, where it is more than quiet
}

// Config is what the frame is given. Catalogue, Pages and Home are needed, all else may be left out.
type Config struct {
	Catalogue *assets.Catalogue
	Pages     map[string]Maker
	Home      kit.Route
	// the page that searches everything (Ctrl+K), false while there is nothing to search; nil: there is none
	Search func() (kit.Route, bool)
	// Status is asked after each change, off the UI thread; it must not touch widgets.
	Status func(ctx context.Context, text kit.Texter) (Status, error)
	// Menus returns menus to stand between the shell's own; asked again when the language changes.
	Menus func(sh kit.Shell) []*fyne.Menu
	Help  func(sh kit.Shell) // opens the manual (F1); nil shows the list of keys
	// Ways returns ways to where the causes of an error are seen to; nil: none are known.
	Ways func(sh kit.Shell, err error) []kit.Way
	// Called returns what people call the thing with an identity, false for what is not one; nil: nothing has a name.
	Called  func(id string) (string, bool)
	Closing func(func()) bool // asks before the window closes and reports whether it did; nil asks nothing
	Closed  func()            // the window was closed; no task runs any more
	// Dropped takes files dropped on the window that are for no page, and reports whether it did; nil: there are none
	Dropped  func(paths []string) bool
	Scope    func() string // whose drafts are kept: the open contest's folder; nil: all share them
	Runner   Runner        // nil runs tasks in goroutines; tests give Inline
	Patience time.Duration // how long work lasts before it is reported; with no Runner given it is set
	Guard    Guard         // keeps judges to their pages; nil: nobody is kept
}

// Guard keeps to their own pages those to whom the computer was handed over.
type Guard interface {
	On() bool             // the computer is handed over: no menu
	Seen()                // somebody pressed a key or moved the pointer
	Closing(close func()) // the window is to be closed; close does it
}

// App is the window. It is the kit.Shell of its pages. All methods but Changed belong to the UI thread.
type App struct {
	fyne   fyne.App
	win    fyne.Window
	cfg    Config
	text   assets.Text
	look   look.Look
	trail  trail
	made   int // the last number from NextInstance
	page   kit.Page
	frame  *frame
	framed shape // what the frame was made for
	letter bool  // a key is being handled that types a letter too

	folding bool // the frame is about to be folded or unfolded
	drawing drawing.Drawing

	tasks
	lists
	*drafts.Store
	*chooser.Windows
	*fullscreen.Screen
}

var (
	_ kit.Shell    = (*App)(nil)
	_ draft.Drafts = (*App)(nil)
)

// New shows the window on fa and puts the first page in it.
func New(fa fyne.App, cfg Config) *App {
	if cfg.Runner == nil {
		cfg.Runner, cfg.Patience = background{}, patience
	}
	a := &App{fyne: fa, cfg: cfg}
	a.tasks.app, a.lists.app, a.Store = a, a, drafts.New(cfg.Scope)
	a.tasks.asked = func() {}
	a.Windows = chooser.NewWindows(a, fa.Preferences())
	a.restore()
	a.look = a.look.Fits(a.lastSize().Height)
	a.fyne.Settings().SetTheme(look.NewTheme(a.look))
	fonts := readFonts()
	a.win = fa.NewWindow(a.T("shell.name", nil))
	a.win.Resize(a.lastSize())
	a.Screen = fullscreen.New(a.win, a.After, func() bool { return a.frame.speaks() }, a.hangMenu)
	a.drawing = drawing.Drawing{Window: a.win, After: a.After, Live: func() int { return a.tasks.live }}
	a.win.SetPadded(false)
	a.win.SetMaster()
	a.win.SetOnDropped(a.dropped)
	a.win.SetCloseIntercept(a.close)
	a.win.Canvas().SetOnTypedKey(a.typed)
	a.win.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { a.undo() })
	a.win.Canvas().AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { a.step(kit.Undoer.Redo) })
	a.handKeys()
	a.win.SetContent(canvas.NewRectangle(theme.Color(theme.ColorNameBackground)))
	a.win.Show() // the system makes the window while the type is read
	fonts()
	a.Restart(cfg.Home)
	fa.Settings().AddListener(func(fyne.Settings) { a.systemChanged() })
	return a
}

// Serve draws the window until it is closed. Off the UI thread it calls settled once the start is well over, and rested
// whenever work has ended and nobody waits for anything.
func (a *App) Serve(settled, rested func()) {
	a.drawing.Rested = func() { a.cfg.Runner.Start(rested) }
	afterStart(settled)
	a.fyne.Run()
}

// Window is for what Fyne wants a window for.
func (a *App) Window() fyne.Window { return a.win }

// T returns the text of key in the window's language.
func (a *App) T(key string, args map[string]any) string { return a.text.T(key, args) }

// Err returns the sentences for err in the window's language.
func (a *App) Err(err error) string { return a.text.Err(err) }

// Lang is "zh-Hans" or "en".
func (a *App) Lang() string { return a.text.Lang }

// Size is the size of the window's content.
func (a *App) Size() fyne.Size { return a.win.Canvas().Size() }

// Focus puts the cursor in o.
func (a *App) Focus(o fyne.Focusable) { a.win.Canvas().Focus(o) }

// Tell shows n at the foot of the page.
func (a *App) Tell(n kit.Notice) {
	if a.frame.notice.Tell(n); n.Text != "" {
		a.Speak()
	}
}

// Reload loads the visible page again and asks for the frame's status.
func (a *App) Reload() {
	a.page.Load()
	a.refreshStatus()
}

// typed takes the keys that no field has taken: the page's first, then the window's own.
func (a *App) typed(key *fyne.KeyEvent) {
	a.letter = utf8.RuneCountInString(string(key.Name)) == 1
	defer func() { a.letter = false }()
	if a.cfg.Guard != nil {
		a.cfg.Guard.Seen()
	}
	if top := a.win.Canvas().Overlays().Top(); top != nil {
		a.typedOver(top, key)
		return
	}
	if p, ok := a.page.(kit.Keyed); ok && p.TypedKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyF1:
		a.help()
	case fyne.KeyF5:
		a.Reload()
	}
}

// undo lets the page, or the notice of what was done last, take it back; what lies under a dialog is left alone.
func (a *App) undo() {
	if !a.step(kit.Undoer.Undo) && a.win.Canvas().Overlays().Top() == nil {
		a.frame.notice.TakeBack()
	}
}

// step lets a page with an undo of its own go a step back or forth, and reports whether it is one.
func (a *App) step(do func(kit.Undoer)) bool {
	p, ok := a.page.(kit.Undoer)
	if ok && a.win.Canvas().Overlays().Top() == nil {
		do(p)
	}
	return ok
}

// dropped hands files from outside to the page.
func (a *App) dropped(_ fyne.Position, uris []fyne.URI) {
	if a.win.Canvas().Overlays().Top() != nil {
		return
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if a.cfg.Dropped != nil && a.cfg.Dropped(paths) {
		return
	}
	p, ok := a.page.(kit.Dropper)
	if !ok || len(paths) == 0 { // pages of the web have no path
		a.Tell(kit.Notice{Tone: look.Info, Text: a.T("shell.drop_nowhere", nil)})
		return
	}
	p.Dropped(paths)
}

// find puts the cursor in the page's search field.
func (a *App) find() {
	if p, ok := a.page.(kit.Finder); ok {
		p.Find()
	}
}

// close closes the window; while the computer is handed over the guard has a word in it.
func (a *App) close() {
	if g := a.cfg.Guard; g != nil && g.On() {
		g.Closing(a.closeNow)
		return
	}
	a.closeNow()
}

// closeNow closes the window, unless there is something to ask before.
func (a *App) closeNow() {
	if p, ok := a.page.(kit.Closer); !a.tasks.closing &&
		(ok && p.AskClose() || a.cfg.Closing != nil && a.cfg.Closing(a.closeAsking)) {
		return
	}
	a.closeAsking()
}

// closeAsking closes the window, after asking if work is under way. Asked again while work is winding down, it
// closes at once.
func (a *App) closeAsking() {
	if a.tasks.closing {
		a.shut()
		return
	}
	if n := len(a.tasks.running); n > 0 {
		a.tasks.asked = a.ask(kit.Question{
			Title: a.T("shell.close_title", nil), Text: a.T("shell.close_text", map[string]any{"Count": n}),
			Action: a.T("shell.close_action", nil), Stay: a.T("shell.close_stay", nil), Danger: true,
			Do: func() error { a.stop(); return nil },
		})
		return
	}
	a.stop()
}

// stop cancels all work, lets the page put things away and closes the window when the last work has ended, so that
// nothing works on a closed contest. What the page starts now is waited for, not cancelled.
func (a *App) stop() {
	a.tasks.closing = true
	a.tasks.cancelAll()
	a.leave()
	if a.tasks.live == 0 {
		a.shut()
		return
	}
	a.Tell(kit.Notice{Tone: look.Waiting, Text: a.T("shell.closing", nil)})
}

func (a *App) shut() {
	if a.tasks.closed {
		return
	}
	a.tasks.closed = true
	a.saveSize()
	if a.cfg.Closed != nil {
		a.cfg.Closed()
	}
	a.win.Close()
}
