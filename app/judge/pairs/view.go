// Package pairs shows a judge two works next to each other and asks which is better, one pair after the other. It knows
// works by their codes and nothing of who made them, of marks, or of what others said.
package pairs

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/media/play"
	"fayi/judging/office/comparisons"
)

// Desk asks one judge; comparisons.Desk is one.
type Desk interface {
	Ask(ctx context.Context) (comparisons.Pair, error)
	Answer(ctx context.Context, comparison string, left, right, better judging.WorkCode) error
	Back(ctx context.Context, answer, reason string) error
	OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error)
}

// Ways are what the view needs of the page that it stands on.
type Ways struct {
	Play     play.Setup
	Leave    func() // gives the computer back
	LeaveKey string // the text of its button
	Aside    func() // shows the list of works instead
}

// settle is how long a pair stands before it takes an answer: a key that was pressed twice says nothing of the next.
const settle = 600 * time.Millisecond

// View is two works and the question. It may be used on the UI thread only.
type View struct {
	Content *fyne.Container

	sh    kit.Shell
	desk  Desk
	ways  Ways
	pair  comparisons.Pair
	sides [2]*viewer.Viewer
	shelf *viewer.Shelf
	busy  bool              // something is being kept
	fresh bool              // the pair was shown only now
	asked bool              // whether all was looked at, of this pair
	timer kit.Timer         // ends fresh; nil while none runs
	acts  [3]*button.Button // left, neither, right
}

// New returns the view of a judge. Nothing is asked before Load.
func New(sh kit.Shell, desk Desk, ways Ways) *View {
	v := &View{Content: container.NewStack(), sh: sh, desk: desk, ways: ways}
	v.shelf = viewer.NewShelf(sh, viewer.Desk{
		Files: desk, Play: ways.Play, Works: v.works, Near: v.near, Came: v.came,
		Canvas: func() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(v.Content) },
		Seen:   func(judging.WorkCode) {},
		Marks:  func(judging.Duty, func(string)) {},
		Step:   func(int) {},
		Full:   func() {},
	})
	return v
}

// Asks reports whether there is a pair to ask about, or an answer to take back.
func (v *View) Asks() bool { return v.pair.Asks() }

// Load asks for the next pair and shows it; then hears that it did.
func (v *View) Load(then func()) {
	var p comparisons.Pair
	v.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		p, err = v.desk.Ask(ctx)
		return err
	}, func(err error) {
		if err != nil {
			v.busy = false
			v.sh.ShowError(err)
			return
		}
		v.took(p)
		then()
	})
}

// took shows a pair, unless it stands there already.
func (v *View) took(p comparisons.Pair) {
	same := v.sides[0] != nil && p.Comparison == v.pair.Comparison && p.Left.Code == v.pair.Left.Code &&
		p.Right.Code == v.pair.Right.Code && p.Last == v.pair.Last
	v.pair = p
	if same {
		v.busy = false
		return
	}
	v.putAway()
	v.asked, v.busy, v.fresh = false, false, true
	v.put(v.build())
	for _, s := range v.sides {
		if s != nil {
			s.Open(0)
		}
	}
	v.shelf.Plan()
	if v.timer != nil {
		v.timer.Stop()
	}
	v.timer = v.sh.After(settle, func() { v.fresh = false })
}

func (v *View) put(o fyne.CanvasObject) {
	v.Content.Objects = []fyne.CanvasObject{o}
	v.Content.Refresh()
}

// build lays out the pair, or says that nothing is left to ask.
func (v *View) build() fyne.CanvasObject {
	head := lay.Spread(
		look.NewStrong(v.sh.T("pairs.head", judging.Args{"Name": v.pair.Name, "N": v.pair.Said + 1}), look.Section,
			look.Plain),
		lay.Row(lay.Gap8, v.undoButton(), button.NewPlain(v.sh.T("pairs.list", nil), v.ways.Aside),
			button.New(v.sh.T(v.ways.LeaveKey, nil), v.ways.Leave)),
	)
	if !v.pair.Asks() {
		end := lay.Spread(look.NewStrong(v.pair.Name, look.Section, look.Plain), head.Objects[1])
		return lay.Fill(end, status.NewEmpty(
			v.sh.T("pairs.done", nil), v.sh.T("pairs.done_text", judging.Args{"N": v.pair.Said}), nil,
		), nil)
	}
	panes := lay.Split(lay.Gap8, []float32{1, 1}, v.pane(0, v.pair.Left), v.pane(1, v.pair.Right))
	v.acts = [3]*button.Button{
		button.New(v.sh.T("pairs.left", nil), func() { v.answer(v.pair.Left.Code) }),
		button.New(v.sh.T("pairs.equal", nil), func() { v.answer("") }),
		button.New(v.sh.T("pairs.right", nil), func() { v.answer(v.pair.Right.Code) }),
	}
	foot := lay.Split(lay.Gap8, []float32{3, 2, 3}, v.acts[0], v.acts[1], v.acts[2])
	return lay.Fill(head, panes, foot)
}

// undoButton takes the newest answer back; disabled where there is none.
func (v *View) undoButton() *button.Button {
	b := button.New(v.sh.T("pairs.undo", nil), v.Undo)
	if v.pair.Last == "" {
		b.Disable()
	}
	return b
}

// pane is one work with its code above it.
func (v *View) pane(n int, w judging.BlindWork) fyne.CanvasObject {
	s := viewer.New(v.shelf, w)
	s.Alone()
	v.sides[n] = s
	title := look.NewCutText(
		v.sh.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title}), look.Section, look.Plain,
	)
	return lay.Sheet(lay.Gap8, lay.Fill(title, s.Content, nil))
}

// answer keeps which work is better, "" for neither. Where a file was not looked at it asks once whether to go on.
func (v *View) answer(better judging.WorkCode) {
	if v.busy || v.fresh || !v.pair.Asks() {
		return
	}
	p := v.pair // another may stand there by the time that the question below is answered
	if n := v.unseen(); n > 0 && !v.asked {
		v.asked = true
		v.sh.Ask(kit.Question{
			Title: v.sh.T("desk.unseen_title", nil), Text: v.sh.T("pairs.unseen_text", judging.Args{"Count": n}),
			Action: v.sh.T("pairs.unseen_keep", nil), Stay: v.sh.T("desk.unseen_look", nil),
			Do: func() error { v.keep(p, better); return nil },
		})
		return
	}
	v.keep(p, better)
}

func (v *View) keep(p comparisons.Pair, better judging.WorkCode) {
	v.busy = true
	v.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		return v.desk.Answer(ctx, p.Comparison, p.Left.Code, p.Right.Code, better)
	}, func(err error) {
		v.sh.ShowError(err) // what is asked now says what can still be said
		v.Load(func() {
			if err == nil {
				v.sh.Tell(kit.Notice{
					Tone: look.Done, Text: v.said(p, better), Action: v.sh.T("pairs.undo", nil), Undo: true, Do: v.Undo,
				})
			}
		})
	})
}

// said is what was kept, in words.
func (v *View) said(p comparisons.Pair, better judging.WorkCode) string {
	if better == "" {
		return v.sh.T("pairs.said_equal", judging.Args{"Left": p.Left.Code, "Right": p.Right.Code})
	}
	other := p.Left.Code
	if better == p.Left.Code {
		other = p.Right.Code
	}
	return v.sh.T("pairs.said", judging.Args{"Better": better, "Other": other})
}

// unseen counts the files of both works that were not looked at.
func (v *View) unseen() (n int) {
	for _, at := range v.near() {
		if !v.shelf.Saw(at) {
			n++
		}
	}
	return n
}

// ShowKeys says what the keys do here.
func (v *View) ShowKeys() {
	v.sh.Ask(kit.Question{Title: v.sh.T("desk.keys_title", nil), Text: v.sh.T("pairs.keys_text", nil)})
}

// Undo takes the judge's newest answer back and asks the pair again; where there is none it says so.
func (v *View) Undo() {
	last := v.pair.Last
	if v.busy {
		return
	}
	if last == "" {
		v.sh.Tell(kit.Notice{Tone: look.Info, Text: v.sh.T("pairs.undo_none", nil)})
		return
	}
	v.busy = true
	v.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		return v.desk.Back(ctx, last, v.sh.T("pairs.undo_reason", nil))
	}, func(err error) {
		v.sh.ShowError(err)
		v.Load(func() {
			if err == nil {
				v.sh.Tell(kit.Notice{Tone: look.Done, Text: v.sh.T("pairs.undone", nil)})
			}
		})
	})
}

// TypedKey answers by the arrows; the keys of a viewer go to both works, until one of them plays.
func (v *View) TypedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyLeft:
		v.answer(v.pair.Left.Code)
	case fyne.KeyRight:
		v.answer(v.pair.Right.Code)
	case fyne.KeyDown:
		v.answer("")
	default:
		used := false
		for _, s := range v.sides {
			if s == nil {
				continue
			}
			used = s.TypedKey(key) || used
			if s.Playing() {
				break
			}
		}
		return used
	}
	return true
}

// Playing reports whether a sound or a film plays.
func (v *View) Playing() bool {
	for _, s := range v.sides {
		if s != nil && s.Playing() {
			return true
		}
	}
	return false
}

// putAway closes what shows the works.
func (v *View) putAway() {
	for i, s := range v.sides {
		if s != nil {
			s.Close()
			v.sides[i] = nil
		}
	}
}

// Close ends what plays and removes copies that were made for other programs.
func (v *View) Close() {
	v.putAway()
	if v.timer != nil {
		v.timer.Stop()
	}
	v.shelf.Close()
}

// works are the two works as the shelf knows works.
func (v *View) works() []judging.Duty {
	if !v.pair.Asks() {
		return nil
	}
	return []judging.Duty{{BlindWork: v.pair.Left}, {BlindWork: v.pair.Right}}
}

// near lists the files of both works.
func (v *View) near() (out []viewer.Spot) {
	for _, w := range v.works() {
		for n := range w.Files {
			out = append(out, viewer.Spot{Code: w.Code, N: n})
		}
	}
	return out
}

func (v *View) came(at viewer.Spot, img image.Image) {
	for _, s := range v.sides {
		if s != nil {
			s.Came(at, img)
		}
	}
}
