package draft

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// Drafts keeps what was written in forms and not saved, so that it outlives a crash. The window keeps it on this
// computer, for its user only, apart for each contest; it enters no journal and no log. A Shell may be one.
type Drafts interface {
	// Draft returns what is kept under key, nil if nothing is.
	Draft(key string) []byte
	// KeepDraft keeps data under key; nil forgets what is kept.
	KeepDraft(key string, data []byte)
}

// Keep keeps state, anything JSON can hold, under key. Where sh keeps no drafts nothing happens.
func Keep(sh kit.Texter, key string, state any) {
	d, ok := sh.(Drafts)
	if !ok {
		return
	}
	if data, err := json.Marshal(state); err == nil { // a draft that can't be kept must not hinder writing
		d.KeepDraft(key, data)
	}
}

// Drop forgets what is kept under key: it was saved or given up.
func Drop(sh kit.Texter, key string) {
	if d, ok := sh.(Drafts); ok {
		d.KeepDraft(key, nil)
	}
}

// Of reads what is kept under key into state and reports whether there was something that fits.
func Of(sh kit.Texter, key string, state any) bool {
	d, ok := sh.(Drafts)
	if !ok {
		return false
	}
	data := d.Draft(key)
	return data != nil && json.Unmarshal(data, state) == nil
}

// Draft is the form in an object, kept at each change. It is found by the order of its inputs, so a form whose
// inputs change in number starts over.
type Draft struct {
	sh     kit.Texter
	key    string
	inputs []input
	clean  []string // what the inputs held at first
	filled bool     // a draft is being put back
}

// Watch keeps the inputs within form under key from now on. Offer offers what was kept before.
func Watch(sh kit.Texter, key string, form fyne.CanvasObject) *Draft {
	d := &Draft{sh: sh, key: key, inputs: InputsIn(form)}
	for _, in := range d.inputs {
		d.clean = append(d.clean, in.get())
		in.watch(d.keep)
	}
	return d
}

// keep writes down what stands in the inputs; a form that is again as at the start needs no draft.
func (d *Draft) keep() {
	if d.filled {
		return
	}
	now, changed := make([]string, len(d.inputs)), false
	for i, in := range d.inputs {
		now[i] = in.get()
		changed = changed || now[i] != d.clean[i]
	}
	if changed {
		Keep(d.sh, d.key, now)
		return
	}
	d.Drop()
}

// Drop forgets the draft.
func (d *Draft) Drop() { Drop(d.sh, d.key) }

// Offer returns a bar that says that something was not saved, with a button that puts it back and one that forgets
// it; nil if there is nothing to put back, or it stands there already.
func (d *Draft) Offer() fyne.CanvasObject {
	var was []string
	if !Of(d.sh, d.key, &was) || len(was) != len(d.inputs) || slices.Equal(was, d.clean) {
		return nil
	}
	return NewOffer(d.sh, func() { d.put(was) }, d.Drop)
}

// put writes texts into the inputs.
func (d *Draft) put(texts []string) {
	d.filled = true
	for i, in := range d.inputs {
		if in.get() != texts[i] {
			in.set(texts[i])
		}
	}
	d.filled = false
	d.keep()
}

// NewOffer is the bar over a form that says that something was not saved the last time. It goes when either
// button was pressed.
func NewOffer(t kit.Texter, restore, forget func()) fyne.CanvasObject {
	var bar *fyne.Container
	gone := func(do func()) func() {
		return func() {
			do()
			bar.Hide()
		}
	}
	bar = container.NewStack(status.NewNotice(kit.Notice{
		Tone:   look.Waiting,
		Text:   t.T("kit.draft_found", nil),
		Action: t.T("kit.draft_restore", nil),
		Do:     gone(restore),
	}, gone(forget)))
	return bar
}
