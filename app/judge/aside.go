package judge

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/judging"
)

// setAside keeps the work as skipped, abstained or recused and goes on. Marks of a work one may not judge are taken
// back.
func (s *sheet) setAside(state judging.BallotState, reason string) {
	s.ballot.State, s.ballot.Reason = state, reason
	if state != judging.Skipped {
		s.form.Fill(judging.Ballot{Confidence: 0, Comment: s.form.Said().Comment})
	}
	s.note()
	s.edits.made++
	s.refresh()
	s.save(s.goNext)
}

// takeBack makes an abstained or recused work one to score again.
func (s *sheet) takeBack() {
	s.ballot.State, s.ballot.Reason = judging.Open, ""
	s.note()
	s.edits.made++
	s.refresh()
	s.save(func() { s.form.FocusEmpty() })
}

// askAside asks for the reason first.
func (s *sheet) askAside(state judging.BallotState) {
	sh, key := s.desk.sh, string(state)
	reason := field.NewText(sh, sh.T("desk.reason", nil), sh.T("desk.reason_help", nil), field.TextRule{
		Required: true,
		Limit:    200,
		Lines:    2,
	})
	sh.Ask(kit.Question{
		Title:   sh.T("desk.ask_"+key, nil),
		Text:    sh.T("desk.ask_text_"+key, map[string]any{"Code": s.work.Code}),
		Action:  sh.T("desk.act_"+key, nil),
		Content: reason,
		Do: func() error {
			if !field.NewForm(reason).Valid() {
				return kit.ErrShown
			}
			s.setAside(state, strings.Join(strings.Fields(reason.Text()), " "))
			return nil
		},
	})
	sh.Focus(reason.Entry())
}

// raiseHand asks what the organiser should know of the work.
func (s *sheet) raiseHand() {
	sh := s.desk.sh
	ticks, list := map[judging.Flag]*choice.Check{}, lay.Stack(0)
	for _, f := range judging.Flags {
		tick := choice.NewCheck(flagWord(sh, f), nil)
		tick.Checked = slices.Contains(s.ballot.Flags, f)
		ticks[f] = tick
		list.Add(tick)
	}
	note := field.NewText(sh, sh.T("desk.flag_note", nil), "", field.TextRule{Limit: 200, Lines: 2})
	note.SetText(s.ballot.FlagNote)
	sh.Ask(kit.Question{
		Title:   sh.T("desk.flag_title", nil),
		Text:    s.flagText(),
		Action:  sh.T("desk.flag_act", nil),
		Content: lay.Stack(lay.Gap8, list, note),
		Do: func() error {
			if !field.NewForm(note).Valid() {
				return kit.ErrShown
			}
			return s.flag(ticks, note)
		},
	})
}

// flagText says what raising a flag does, and which flags veto.
func (s *sheet) flagText() string {
	sh := s.desk.sh
	out := sh.T("desk.flag_text", map[string]any{"Code": s.work.Code})
	var vetoes []string
	for _, v := range s.form.Rubric.Vetoes {
		vetoes = append(vetoes, flagWord(sh, judging.Flag(v.Flag)))
	}
	if len(vetoes) > 0 {
		out = sh.T("desk.flag_veto", map[string]any{
			"Code": s.work.Code, "Vetoes": strings.Join(vetoes, sh.T("kit.comma", nil)),
		})
	}
	return out
}

// flag keeps the flags that are ticked. None at all takes back those raised before, with their note; where none was
// raised it would reach nobody.
func (s *sheet) flag(ticks map[judging.Flag]*choice.Check, note *field.Text) error {
	var flags []judging.Flag
	for _, f := range judging.Flags {
		if ticks[f].Checked {
			flags = append(flags, f)
		}
	}
	said := strings.Join(strings.Fields(note.Text()), " ")
	switch {
	case len(flags) > 0:
	case len(s.ballot.Flags) > 0:
		said = ""
	default:
		note.Tell(s.desk.sh.T("desk.flag_none", nil))
		return kit.ErrShown
	}
	s.ballot.Flags, s.ballot.FlagNote = flags, said
	s.note()
	s.edits.made++
	s.refresh()
	s.save(nil)
	return nil
}

// flagWord is the word for a flag.
func flagWord(text kit.Texter, f judging.Flag) string { return text.T("desk.flag_"+string(f), nil) }

// flagWords are the words for several flags and the note to them.
func flagWords(text kit.Texter, b judging.Ballot) string {
	var words []string
	for _, f := range b.Flags {
		words = append(words, flagWord(text, f))
	}
	if b.FlagNote != "" {
		words = append(words, b.FlagNote)
	}
	return strings.Join(words, text.T("kit.comma", nil))
}

// more opens what is needed less often.
func (s *sheet) more(from *button.Button) {
	sh := s.desk.sh
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(from)
	button.ShowMenu(
		from,
		at.AddXY(0, from.Size().Height),
		fyne.NewMenuItem(sh.T("desk.undo", nil), s.undo),
		fyne.NewMenuItem(sh.T("desk.redo", nil), s.redo),
		fyne.NewMenuItem(sh.T("desk.history", nil), s.showHistory),
	)
}
