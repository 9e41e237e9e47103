package judge

import (
	"context"
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge/pairs"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/media/play"
)

// patience is how long storing a draft may block the window.
const patience = 5 * time.Second

// Desk is the page: the list of works, or one of them with its ballot.
type Desk struct {
	sh     kit.Shell
	pen    *pen
	leave  exit
	duties judging.Duties
	root   *fyne.Container
	queue  *queue
	sheet  *sheet // nil while no work is shown
	board  board  // the ranking or the review, nil while neither is shown
	shelf  *viewer.Shelf
	play   play.Setup
	kept   *place
	order  []judging.WorkCode // in which the judge chose to score, nil for the usual one

	pasts       map[judging.WorkCode]*past
	changedLast judging.WorkCode // the work that was changed last, or ""
	gone        bool             // the desk was left
	full        bool             // the work has the whole screen
	edges       bool             // the window's bar and foot are shown meanwhile
	looks       looks
	reminded    bool // that all is scored and nothing submitted
	told        bool // a notice of this desk stands at the foot of the page

	pairs     *pairs.View // nil where nothing can be compared
	comparing bool        // it is shown
	offered   bool        // it was shown by itself, once

	behind []fyne.CanvasObject // what the pledge stands before, nil while none is asked for
}

// stopKey is the text of the button that leaves the desk on a judge's own computer.
const stopKey = "desk.stop"

// exit is the way to leave a desk.
type exit struct {
	key string // of its button's words
	do  func()
}

// board is a view of the whole list other than the list itself.
type board interface {
	content() fyne.CanvasObject
	refresh()
	came(at viewer.Spot, img image.Image) // a thumbnail
}

// place is what a desk keeps when it is rebuilt.
type place struct {
	filter kit.Filter
	code   judging.WorkCode // the work shown, or ""
	draft  *draft           // what of it is not saved
	full   bool             // it has the whole screen
	order  []judging.WorkCode
}

var _ interface {
	kit.Page
	kit.Bare
	kit.Keyed
	kit.Keeper
	kit.Leaver
	kit.Undoer
	kit.Awake
	kit.Closer
} = (*Desk)(nil)

// NewDesk returns the desk of the judge behind b. leave is called when the judge returns the computer, after
// everything is saved.
func NewDesk(sh kit.Shell, b judging.Ballots, leave func(), with ...Option) kit.Page {
	return newDesk(sh, b, exit{"desk.leave", leave}, with)
}

// NewOwnDesk returns the desk on the judge's own computer, where nobody waits for the place. leave is called when
// the judge stops scoring.
func NewOwnDesk(sh kit.Shell, b judging.Ballots, leave func(), with ...Option) kit.Page {
	return newDesk(sh, b, exit{stopKey, leave}, with)
}

func newDesk(sh kit.Shell, b judging.Ballots, leave exit, with []Option) *Desk {
	d := &Desk{sh: sh, pen: newPen(sh, b), leave: leave, play: usualPlay(),
		pasts: map[judging.WorkCode]*past{}, looks: newLooks()}
	for _, o := range with {
		o(d)
	}
	d.shelf = viewer.NewShelf(sh, d.side())
	return d
}

// Title names the page in the window's title.
func (d *Desk) Title() string { return d.sh.T("desk.title", nil) }

// Bare asks for a window without the organiser's stages.
func (d *Desk) Bare() bool { return true }

// Content builds the list; a work is built when it is opened.
func (d *Desk) Content() fyne.CanvasObject {
	d.root = container.NewStack()
	d.queue = newQueue(d)
	if d.kept != nil {
		d.queue.filter.SetFilter(d.kept.filter)
	}
	d.show(status.NewEmpty(d.sh.T("desk.loading", nil), "", nil))
	return d.root
}

// Load reads the list again. Fields being filled in are left alone.
func (d *Desk) Load() {
	acks := d.pen.acks
	var in judging.Duties
	d.sh.Run(d.sh.T("desk.loading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		in, err = d.pen.book.Duties(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.failed(err)
		case acks != d.pen.acks:
			d.Load() // a ballot was kept meanwhile, what was read may be older than it
		default:
			d.took(in)
		}
	})
}

func (d *Desk) failed(err error) {
	if d.ready() {
		d.sh.ShowError(err)
		return
	}
	again := button.New(d.sh.T("desk.again", nil), d.Load)
	d.show(
		lay.Fill(
			lay.Spread(lay.Blank(0, 0), d.leaveButton()),
			status.NewEmpty(d.sh.T("desk.no_list", nil), d.sh.Err(err), again),
			nil,
		),
	)
}

// ready reports whether a list was ever read.
func (d *Desk) ready() bool { return d.duties.Judge != "" }

func (d *Desk) took(in judging.Duties) {
	if in.Unsworn() {
		d.askPledge(*in.Pledge)
		return
	}
	d.pledged()
	first, before := !d.ready(), d.duties
	d.duties = in
	d.arrange()
	if first {
		d.recall()
	} else {
		d.tellPanel(before)
	}
	d.queue.refresh()
	if d.sheet != nil {
		d.sheet.refresh()
	}
	if d.board != nil {
		d.board.refresh()
	}
	defer d.lookForPairs()
	if !first {
		return
	}
	if kept := d.kept; kept != nil && d.find(kept.code) >= 0 {
		d.openWork(d.find(kept.code), kept.draft)
		if kept.full {
			d.fill()
		}
		return
	}
	d.showQueue()
}

// tell says n at the foot of the page until another work is opened.
func (d *Desk) tell(n kit.Notice) {
	d.told = true
	d.sh.Tell(n)
}

func (d *Desk) show(o fyne.CanvasObject) {
	d.root.Objects = []fyne.CanvasObject{o}
	d.root.Refresh()
}

func (d *Desk) showQueue() {
	d.leaveFull()
	d.comparing = false
	code := judging.WorkCode("")
	if d.sheet != nil {
		code = d.sheet.work.Code
		d.closeSheet()
		d.sheet = nil
	}
	d.board = nil
	d.queue.refresh()
	d.show(d.queue.content)
	d.queue.table.Select(string(code))
	d.queue.table.Focus()
}

// openWork shows the work at index i of the list; with a draft, its fields are as the draft says.
func (d *Desk) openWork(i int, unsaved *draft) {
	if d.sheet != nil {
		d.closeSheet()
	}
	if d.told { // it spoke of the work before
		d.told = false
		d.sh.Tell(kit.Notice{})
	}
	d.board = nil
	d.sheet = newSheet(d, d.duties.Works[i])
	d.show(d.sheet.content)
	d.sh.Focus(nil) // what had the cursor is not seen any more, and must not take the keys
	d.sheet.load(unsaved)
	if d.full {
		d.sheet.showFull()
	}
	d.shelf.Plan()
}

// find returns the index of code in the list, or -1.
func (d *Desk) find(code judging.WorkCode) int {
	return slices.IndexFunc(d.duties.Works, func(w judging.Duty) bool { return w.Code == code })
}

// acknowledged takes over what a ballot has become by saving it.
func (d *Desk) acknowledged(b judging.Ballot) {
	if i := d.find(b.Code); i >= 0 {
		w := &d.duties.Works[i]
		w.State, w.Total, w.Confidence, w.Flags = b.State, b.Total, b.Confidence, b.Flags
	}
	d.queue.refresh()
	if d.board != nil {
		d.board.refresh()
	}
}

// showBoard shows another view of the list in its place.
func (d *Desk) showBoard(b board) {
	d.board = b
	b.refresh()
	d.show(b.content())
}

// own reports whether this is the judge's own computer.
func (d *Desk) own() bool { return d.leave.key == stopKey }

// lockedWords says that the list is handed in and what is left to do.
func (d *Desk) lockedWords() string {
	if d.own() {
		return d.sh.T("desk.locked_own", nil)
	}
	return d.sh.T("desk.locked", nil)
}

// toReview saves what is typed and shows the sheet of all works.
func (d *Desk) toReview() {
	show := func() {
		if d.sheet != nil {
			d.closeSheet()
			d.sheet = nil
		}
		d.showBoard(newReview(d))
	}
	if d.sheet != nil {
		d.sheet.flush(show)
		return
	}
	show()
}

func (d *Desk) keysButton() *button.Button {
	return button.NewPlain(d.sh.T("desk.keys", nil), d.showKeys)
}

func (d *Desk) showKeys() {
	if d.comparing {
		d.pairs.ShowKeys()
		return
	}
	d.sh.Ask(kit.Question{Title: d.sh.T("desk.keys_title", nil), Text: d.sh.T("desk.keys_text", nil)})
}

// TypedKey handles the keys that no field has handled.
func (d *Desk) TypedKey(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeySlash {
		d.showKeys()
		return true
	}
	switch {
	case d.comparing:
		return d.pairs.TypedKey(key)
	case d.sheet != nil:
		return d.sheet.typedKey(key)
	case d.board != nil && key.Name == fyne.KeyEscape:
		d.showQueue()
		return true
	}
	return false
}

// page reports whether the desk is still what the window shows.
func (d *Desk) page() bool { return !d.gone }

// Leave saves what is not saved yet and removes copies made for other programs.
func (d *Desk) Leave() {
	d.gone = true
	if d.pairs != nil {
		d.pairs.Close()
	}
	if d.sheet != nil {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		d.sheet.putAway(ctx)
		d.noteLook(d.sheet.work.Code, true)
		d.putLooksAway(ctx)
	}
	d.shelf.Close()
}

// Keep returns the place for a desk rebuilt; one whose list is still being read hands on what it was given.
func (d *Desk) Keep() any {
	if d.kept != nil && !d.ready() {
		return *d.kept
	}
	p := place{filter: d.queue.filter.Filter(), order: d.order}
	if d.sheet != nil {
		p.code, p.draft, p.full = d.sheet.work.Code, d.sheet.unsaved(), d.full
	}
	return p
}

// Restore takes the place another desk kept.
func (d *Desk) Restore(state any) {
	if p, ok := state.(place); ok {
		d.kept, d.order = &p, p.order
	}
}
