package kit

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit/look"
)

// Texter turns catalogue keys and errors into the user's language. The text catalogue's Text value is one.
type Texter interface {
	// T returns the text of key with its placeholders filled from args; args may be nil.
	T(key string, args map[string]any) string
	// Err returns one or two sentences for err: what happened, where, what to do.
	Err(err error) string
}

// Route names one page as a value: it can be compared, kept and gone back to.
type Route struct {
	Kind string // which page, as "works"; the key of the page registry
	ID   string // which thing on it, or ""
	Tab  string // which part of it, or ""

	Filter   Filter // what the page is narrowed to, where it steps through a list
	Instance int    // which of several pages of one kind: a number from Shell.NextInstance, or 0
}

// Page is one screen. The shell makes a page when it is routed to, calls Content once, then Load; Load again
// whenever the data changed. All methods are called on the UI thread.
type Page interface {
	Title() string
	Content() fyne.CanvasObject
	Load()
}

// Keeper is a page that keeps its place (filter, selection, scroll) for when the user comes back. What Keep returns
// is given to Restore of the next page of the same route, before its Content, also when size, language or colours
// change.
type Keeper interface {
	Keep() any
	Restore(state any)
}

// Dropper is a page that takes files and folders dropped on the window, as local paths.
type Dropper interface {
	Dropped(paths []string)
}

// Finder is a page with a search field; Find puts the cursor there (Ctrl+F).
type Finder interface {
	Find()
}

// Keyed is a page that takes keys no field has taken. TypedKey reports whether it used the key.
type Keyed interface {
	TypedKey(key *fyne.KeyEvent) bool
}

// Undoer is a page that can take back what was done last (Ctrl+Z outside a field) and do it again (Ctrl+Y).
type Undoer interface {
	Undo()
	Redo()
}

// Leaver is a page with something to put away before another page comes or the window closes.
type Leaver interface {
	Leave()
}

// Awake is a page at which somebody may look and listen without touching anything, while Awake reports true.
type Awake interface {
	Awake() bool
}

// Closer is a page with something to ask before the window closes. AskClose reports whether it asked; then the window
// stays open.
type Closer interface {
	AskClose() bool
}

// Bare is a page that wants the window without the rail: the scoring desk, the first screen.
type Bare interface {
	Bare() bool
}

// Progress says how far a task is: done of total pieces. A total of 0 says the end is not known. It may be
// called from the task's goroutine, any number of times.
type Progress func(done, total int)

// Work is a task's slow part. It runs off the UI thread and must not touch widgets. It returns soon after ctx ends.
type Work func(ctx context.Context, progress Progress) error

// Question is a dialog with one act. It closes when Do returns nil; otherwise it stays and shows the error.
type Question struct {
	Title   string
	Text    string            // what will change, in numbers
	Action  string            // the verb on the button
	Check   string            // for final acts: a sentence to tick before the button is enabled; "" asks for no tick
	Danger  bool              // the act destroys or cannot be undone
	Content fyne.CanvasObject // a form between text and buttons, or nil
	Draft   string            // the key under which what is written in Content outlives a crash; "" keeps nothing
	Do      func() error      // the act; nil only closes. ErrShown says nothing more
	Ways    []Way             // to what the text speaks of
	// Stay is the word on the button that closes without the act, where the keyboard then starts: for a question
	// that comes while one types, so that the next Enter confirms nothing. "" is the usual word.
	Stay string
	Left func() // hears that it was closed without the act; nil: nobody does
}

// ErrShown is what the act of a Question returns when a field of its Content shows already what is wrong: the dialog
// stays and does not say it a second time.
var ErrShown = errors.New("what is wrong stands at its field")

// Notice is one sentence in a bar at the foot of the page. It stays until it is closed, replaced or the page is left.
// One without a text ends the one that stands there.
type Notice struct {
	Tone   look.Tone
	Text   string
	Action string // the verb of its button, as 撤销, or ""
	Undo   bool   // Do takes back what the notice tells: Ctrl+Z does so, too, where the page has no undo of its own
	Do     func()
}

// Timer is a call that is still to come.
type Timer interface {
	// Stop takes the call back: once it returns, the call is not made any more. Stopping twice, or after the call,
	// does nothing. It is called on the UI thread.
	Stop()
}

// Tasks does what takes time. Its methods are called on the UI thread.
type Tasks interface {
	// Run does work in the background with a progress line and a cancel button, then calls done on the UI thread
	// with work's error. name is shown to the user. A panic in work arrives as an error. What work wrote may be
	// read in done.
	Run(name string, work Work, done func(error))

	// Quietly is Run without a progress line and a button, for what nobody waits for: reading ahead. It ends with
	// the window.
	Quietly(work Work, done func(error))

	// After calls f on the UI thread when wait has passed, unless what it returns is stopped before or the window
	// closes.
	After(wait time.Duration, f func()) Timer
}

// Router leads from page to page. Its methods are called on the UI thread.
type Router interface {
	// Navigate shows the page of r and remembers the page before; Back returns there.
	Navigate(r Route)
	Back()
	// NextInstance returns a number that no route of this window had before, from 1, for a page that must not take
	// up what an earlier one of its kind kept.
	NextInstance() int
	// Restart shows the page of r and forgets all other pages: another contest was opened, the computer was handed
	// over.
	Restart(r Route)
	// Reload calls Load of the visible page and refreshes the stages and the status line.
	Reload()
}

// Speaker speaks to people. Its methods are called on the UI thread.
type Speaker interface {
	// Tell shows a notice bar, Ask a dialog. ShowError shows err in a dialog; nil and a cancelled task show nothing.
	Tell(n Notice)
	Ask(q Question)
	ShowError(err error)
}

// Files lets people choose files and folders. Its methods call then with a local path, or not at all if the
// user cancels. Its methods are called on the UI thread.
type Files interface {
	// OpenFile asks for a file that is there. exts are endings with a dot, as ".xlsx"; none allows all files.
	OpenFile(exts []string, then func(path string))
	// SaveFile asks for a place for a file; name is the suggested file name. Nothing is written.
	SaveFile(name string, then func(path string))
	// OpenFolder asks for a folder to read from, SaveIn for one to write into.
	OpenFolder(then func(path string))
	SaveIn(then func(path string))
	// PrintPage writes the lists of the page shown, with what it says before them, as they are printed.
	PrintPage()
}

// Screen gives the page all of it. Its methods are called on the UI thread.
type Screen interface {
	// Fill makes the window as large as the screen and hides its bar and foot, or ends that. edges hears at once, and
	// whenever it changes, whether they are shown meanwhile; it may be nil. Another page ends it.
	Fill(on bool, edges func(shown bool))
	// Edges shows bar and foot while the page fills the screen, or hides them again.
	Edges()
}

// Shell is what a page may ask of the window around it. Its methods are called on the UI thread. What needs less asks
// for one of its parts.
type Shell interface {
	Texter
	Tasks
	Router
	Speaker
	Files
	Screen

	// Size is the size of the window's content in device-independent pixels. Focus puts the cursor in o.
	Size() fyne.Size
	Focus(o fyne.Focusable)
	// Lang is the language shown: "zh-Hans" or "en".
	Lang() string
}

// Doubt is an error that a person may overrule: Over returns the context under which the same work goes on. It is false
// where only its cause helps.
type Doubt interface {
	error
	Over(ctx context.Context) (context.Context, bool)
}

// Fetch runs work in the background and hands its result to show on the UI thread; an error is shown and show is
// not called. Where the error is a Doubt, the user is asked, and after a tick the work is done once more.
func Fetch[T any](sh Shell, name string, work func(ctx context.Context, progress Progress) (T, error), show func(T)) {
	var got T
	sh.Run(name, func(ctx context.Context, p Progress) (err error) {
		got, err = work(ctx, p)
		return err
	}, func(err error) {
		var doubt Doubt
		switch {
		case err == nil:
			show(got)
		case errors.As(err, &doubt) && mayGoOn(doubt):
			sh.Ask(Question{
				Title: sh.T("kit.doubt_title", nil), Text: sh.Err(err), Check: sh.T("kit.doubt_check", nil),
				Action: sh.T("kit.doubt_go_on", nil), Danger: true, Ways: WaysOf(sh, err),
				Do: func() error {
					Fetch(sh, name, func(ctx context.Context, progress Progress) (T, error) {
						over, _ := doubt.Over(ctx)
						return work(over, progress)
					}, show)
					return nil
				},
			})
		default:
			sh.ShowError(err)
		}
	})
}

func mayGoOn(d Doubt) bool {
	_, may := d.Over(context.Background())
	return may
}
