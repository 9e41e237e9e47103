package judge

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fayi/app/judge/tally"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
)

// sheetHead is the line above work and ballot: place in the list, progress, what is saved.
type sheetHead struct {
	sheet   *sheet
	content fyne.CanvasObject
	place   *canvas.Text
	line    *status.Progress
	asides  *canvas.Text
	state   *status.Chip
}

func newSheetHead(s *sheet) *sheetHead {
	h := &sheetHead{sheet: s, place: look.NewStrong("", look.Section, look.Plain), line: status.NewProgress("", 10),
		asides: look.NewText("", look.Note, look.Quiet), state: status.NewChip("", look.Quiet)}
	left := lay.Row(
		lay.Gap8,
		button.NewIcon(theme.NavigateBackIcon(), s.back),
		h.place,
		lay.Blank(lay.Gap8, 0),
		h.line,
		h.asides,
	)
	h.content = lay.Spread(left, lay.Row(lay.Gap8, h.state, s.desk.keysButton(), s.desk.leaveButton()))
	return h
}

func (h *sheetHead) refresh() {
	s := h.sheet
	sh, t := s.desk.sh, tally.Count(s.desk.duties.Works)
	h.place.Text = placeWords(sh, s.desk.duties.Works, s.desk.find(s.work.Code))
	h.line.Set(sh.T("ballot.state_scored", nil), t.By[judging.Scored], t.Total)
	h.asides.Text = strings.TrimLeft(t.Asides(sh), "，, ")
	h.tellState()
	h.content.Refresh()
	s.view.TellPlace(s.desk.find(s.work.Code), len(s.desk.duties.Works))
}

// placeWords says which work of the list the one at index i is. Calibration works are counted by themselves.
func placeWords(text kit.Texter, works []judging.Duty, i int) string {
	n, total := 0, 0
	for k, w := range works {
		if w.Calibration == works[i].Calibration {
			total++
			if k <= i {
				n++
			}
		}
	}
	key := "desk.place"
	if works[i].Calibration {
		key = "desk.place_trial"
	}
	return text.T(key, map[string]any{"N": n, "Total": total})
}

// tellState shows “saved” only when every edit is acknowledged.
func (h *sheetHead) tellState() {
	s := h.sheet
	key, tone := "desk.state_saved", look.Done
	switch {
	case s.locked():
		key, tone = "desk.state_locked", look.Info
	case s.edits.open() || s.faulty():
		key, tone = "desk.state_unsaved", look.Waiting
	case !s.ready || s.ballot.State == "" || s.ballot.State == judging.Open:
		key, tone = "ballot.state_open", look.Quiet
	}
	h.set(key, tone)
}

// faulty reports whether something stands in a field that can't be saved.
func (s *sheet) faulty() bool {
	wrong, _ := s.form.Fault()
	return wrong != "" && s.writable()
}

func (h *sheetHead) tellSaving() { h.set("desk.saving", look.Quiet) }

func (h *sheetHead) tellFailed() { h.set("desk.state_failed", look.Problem) }

func (h *sheetHead) set(key string, tone look.Tone) {
	if word := h.sheet.desk.sh.T(key, nil); word != h.state.Word() {
		h.state.Set(word, tone)
		h.content.Refresh()
	}
}
