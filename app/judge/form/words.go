package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging/voting"
)

// words are the large buttons by which a judge speaks of a work where no marks are given.
type words struct {
	content *fyne.Container
	buttons []*button.Button
	marks   []float64
	votes   *look.Para // how the judge stands with votes
}

func newWords(sh kit.Shell, rule voting.Rule, said func(mark float64)) *words {
	w := &words{content: lay.Stack(lay.Gap8), votes: look.NewPara("", look.Body, look.Plain, 40).Fluid()}
	for _, b := range rule.Bands() {
		mark := b.From
		one := button.New(sh.T("voting.say_"+rule.Said(mark), map[string]any{"N": int(mark)}), func() { said(mark) })
		w.buttons, w.marks = append(w.buttons, one), append(w.marks, mark)
		// the height of two lines, so that it is hit without aiming
		w.content.Add(container.NewStack(lay.Blank(0, 1.5*look.RowHeight()), one))
	}
	if rule.N() > 0 {
		w.content.Add(container.NewStack(lay.Blank(0, look.Body.Size()*3.2), w.votes)) // its room is kept
	}
	return w
}

// show marks the button of what was said; given is false where nothing was.
func (w *words) show(mark float64, given, off bool) {
	for i, b := range w.buttons {
		b.Rank, b.Icon = button.Secondary, nil
		if given && w.marks[i] == mark {
			b.Rank, b.Icon = button.Chosen, theme.ConfirmIcon()
		}
		if off {
			b.Disable()
		} else {
			b.Enable()
		}
		b.Refresh()
	}
}

// speak says mark of the work, as its button does.
func (f *Form) speak(mark float64) {
	if f.words == nil || f.off {
		return
	}
	f.marks[0].SetValue(mark)
	f.tellWords()
	f.on.Marked()
}

// TellVotes says next to the buttons how the judge stands with votes.
func (f *Form) TellVotes(text string) {
	if f.words != nil {
		f.words.votes.SetText(text)
	}
}

// SpeakNth says the n-th of the words, from 1; false where there are none, or fewer.
func (f *Form) SpeakNth(n int) bool {
	if f.words == nil || n < 1 || n > len(f.words.marks) {
		return false
	}
	f.speak(f.words.marks[n-1])
	return true
}

// tellWords shows on the buttons what the judge said.
func (f *Form) tellWords() {
	if f.words != nil {
		mark, given := f.marks[0].Value()
		f.words.show(mark, given, f.off)
	}
}
