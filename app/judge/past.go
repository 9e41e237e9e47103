package judge

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/judging"
)

// past holds what the fields said before each change, the latest last.
type past struct {
	steps [][]string
	now   []string
	field int  // changed last
	whole bool // the next change is a step of its own, also in the same field
}

// note takes what the fields say after a change. Several keys in one field are one step.
func (p *past) note(texts []string) {
	if slices.Equal(texts, p.now) {
		return
	}
	field := 0
	for i := range texts {
		if i < len(p.now) && texts[i] != p.now[i] {
			field = i
			break
		}
	}
	if len(p.steps) == 0 || field != p.field || p.whole {
		p.steps = append(p.steps, p.now)
	}
	p.now, p.field, p.whole = texts, field, false
}

// back returns what the fields said a step ago; ok is false when there is none.
func (p *past) back() (texts []string, ok bool) {
	if len(p.steps) == 0 {
		return nil, false
	}
	last := len(p.steps) - 1
	texts, p.steps = p.steps[last], p.steps[:last]
	p.now, p.whole = texts, true
	return texts, true
}

// undo takes back the last change of a mark.
func (s *sheet) undo() {
	texts, ok := s.past.back()
	if !ok || !s.writable() {
		s.tell(kit.Info, s.desk.sh.T("desk.undo_none", nil), nil)
		return
	}
	s.form.writeTexts(texts)
	s.changed(soon)
}

// showHistory lists what this judge said of the work, the latest first.
func (s *sheet) showHistory() {
	sh := s.desk.sh
	kit.Fetch(sh, sh.T("desk.history", nil), func(ctx context.Context, _ kit.Progress) ([]judging.ScoreVersion, error) {
		return s.desk.pen.book.History(ctx, s.work.Code)
	}, func(all []judging.ScoreVersion) {
		lines := kit.Stack(kit.Gap8)
		for _, v := range slices.Backward(all) {
			lines.Add(kit.NewText(kit.DateTime(sh, v.At), kit.Note, kit.Quiet))
			lines.Add(kit.NewPara(s.versionWords(v), kit.Body, kit.Plain, 34))
		}
		text := ""
		if len(all) == 0 {
			text = sh.T("desk.history_none", nil)
		}
		room := container.NewVScroll(lines)
		room.SetMinSize(fyne.NewSize(kit.Em(34), min(lines.MinSize().Height, sh.Size().Height*0.5)))
		sh.Ask(kit.Question{Title: sh.T("desk.history", nil), Text: text, Content: room})
	})
}

// versionWords describes one version of a score in a line: “已评 84：主题 26、笔法 33”.
func (s *sheet) versionWords(v judging.ScoreVersion) string {
	sh := s.desk.sh
	words := sh.T("ballot.state_"+string(v.State), nil)
	if v.Total > 0 {
		words += " " + judging.Exact(v.Total).String()
	}
	parts := []string{markWords(sh, s.form.rubric, v.Ballot)}
	parts = append(parts, v.Reason, v.Comment, flagWords(sh, v.Ballot))
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	if len(parts) > 0 {
		words += "　" + strings.Join(parts, sh.T("kit.comma", nil))
	}
	return words
}
