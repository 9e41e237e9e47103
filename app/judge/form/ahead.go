package form

import (
	"fyne.io/fyne/v2"
)

// Stroke is one key typed: a letter, or a named key.
type Stroke struct {
	letter rune // 0 for a named key
	key    fyne.KeyName
}

// ahead holds what is typed while a whole ballot is on its way to be kept. A disk may be slow and a judge quick:
// those keys are meant for the next work.
type ahead struct {
	on      bool
	strokes []Stroke
}

// take holds a key back, and reports whether it did.
func (a *ahead) take(key fyne.KeyName, letter rune) bool {
	last := len(a.strokes) - 1
	switch {
	case !a.on:
		return false
	case key == fyne.KeyBackspace && last >= 0:
		a.strokes = a.strokes[:last]
	case letter != 0 || key == fyne.KeyReturn || key == fyne.KeyEnter:
		a.strokes = append(a.strokes, Stroke{letter, key})
	default:
		return false
	}
	return true
}

// release ends the holding and returns what was held.
func (a *ahead) release() []Stroke {
	held := a.strokes
	*a = ahead{}
	return held
}

// Hold keeps what is typed from now on for the next work, until it is released.
func (f *Form) Hold() { f.ahead.on = true }

// Release ends the holding and returns what was held.
func (f *Form) Release() []Stroke { return f.ahead.release() }

// Keep adds strokes to those that are held.
func (f *Form) Keep(strokes []Stroke) { f.ahead.strokes = append(f.ahead.strokes, strokes...) }

// Retype types a stroke where the cursor was put last. It reports false if the cursor was nowhere yet.
func (f *Form) Retype(k Stroke) bool {
	if f.at == nil {
		return false
	}
	if k.letter != 0 {
		f.at.Entry().TypedRune(k.letter)
		return true
	}
	f.at.Entry().TypedKey(&fyne.KeyEvent{Name: k.key})
	return true
}
