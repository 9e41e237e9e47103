package judge

import "fyne.io/fyne/v2"

// stroke is one key typed: a letter, or a named key.
type stroke struct {
	letter rune // 0 for a named key
	key    fyne.KeyName
}

// ahead holds what is typed while a whole ballot is on its way to be kept. A disk may be slow and a judge quick:
// those keys are meant for the next work.
type ahead struct {
	on      bool
	strokes []stroke
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
		a.strokes = append(a.strokes, stroke{letter, key})
	default:
		return false
	}
	return true
}

// release ends the holding and returns what was held.
func (a *ahead) release() []stroke {
	held := a.strokes
	*a = ahead{}
	return held
}

// retype types strokes from where the cursor is. When they fill a ballot, those after it go to the next work.
func (s *sheet) retype(strokes []stroke) {
	for i, k := range strokes {
		if !s.shown() {
			if next := s.desk.sheet; next != nil {
				next.retype(strokes[i:])
			}
			return
		}
		if !s.ready || s.form.at == nil {
			s.form.ahead.strokes = append(s.form.ahead.strokes, strokes[i:]...) // until the ballot was read
			return
		}
		s.form.retype(k)
	}
}

func (f *form) retype(k stroke) {
	if k.letter != 0 {
		f.at.Entry().TypedRune(k.letter)
		return
	}
	f.at.Entry().TypedKey(&fyne.KeyEvent{Name: k.key})
}
