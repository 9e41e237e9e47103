package correction

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/office/correction"
)

// Office is what correcting works needs of the contest.
type Office interface {
	Rules(ctx context.Context) (judging.Rules, error)
	CorrectWorks(ctx context.Context, c correction.Correction) (correction.Report, error)
	UndoCorrection(ctx context.Context, act, reason string) (correction.Report, error)
	RedoCorrection(ctx context.Context, reason string) (correction.Report, error)
	ListCorrections(ctx context.Context) (correction.Acts, error)
	WorkHistory(ctx context.Context, work string) ([]judging.Revision, error)
}

// Sheet corrects works from their list: one cell, a field of many, and back again.
type Sheet struct {
	sh     kit.Shell
	office Office
	fields []string // of judging.CorrectableFields by column of the list, "" for a column that is no such field
	rules  judging.Rules
	acts   correction.Acts
	reason string         // given last: whoever corrects a row of works need not write it again
	back   *button.Button // takes the last correction back
	again  *button.Button // makes it again
	done   func()         // something was corrected
}

// NewSheet returns the corrections of a page; done is called when what can be taken back has changed.
func NewSheet(sh kit.Shell, o Office, done func()) *Sheet {
	s := &Sheet{sh: sh, office: o, done: done}
	s.back = button.New(sh.T("mend.undo", nil), s.Undo)
	s.again = button.New(sh.T("mend.redo", nil), s.Redo)
	s.back.Hide()
	s.again.Hide()
	return s
}

// fieldNames are what the texts call fields of works.
var fieldNames = map[string]string{"authors": "author", "teachers": "teacher"}

// fieldName names a field of works.
func fieldName(t kit.Texter, field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	if field == "status" {
		return t.T("app.col_status", nil)
	}
	return page.Capital(t.T("field."+field, nil))
}

// Columns are those of every list of works, with the state that tells who was looked at, and what else may be
// corrected.
func (s *Sheet) Columns(state func(judging.Work) table.Cell) []table.Column[judging.Work] {
	out := page.WorkColumns(s.sh)
	s.fields = []string{"", "title", "category", "group", "authors", "unit", "", ""}
	last := len(out) - 1
	out[last].Cell = state
	out[last].Compare = func(a, b judging.Work) int { return strings.Compare(state(a).Text, state(b).Text) }
	for _, more := range []struct {
		field string
		least float32
	}{{"teachers", 4}, {"sender", 4}, {"contact", 3.5}, {"phone", 6}, {judging.ConsentField, 3}} {
		out = append(out, table.TextColumn(fieldName(s.sh, more.field), more.least, 0.4,
			func(w judging.Work) string { return w.Field(more.field) }))
		s.fields = append(s.fields, more.field)
	}
	return out
}

// Editing lets the list's cells be corrected.
func (s *Sheet) Editing() table.Editing[judging.Work] {
	return table.Editing[judging.Work]{
		Value: func(w judging.Work, column int) (string, bool) {
			field := s.fields[column]
			return w.Field(field), field != ""
		},
		Choices: func(w judging.Work, column int) []choice.Option { return s.choices(s.fields[column]) },
		Keep: func(w judging.Work, column int, text string, done func(table.Kept)) {
			s.correct([]judging.Work{w}, s.fields[column], text, done)
		},
	}
}

// choices are what the rules let a field be, nil for any text.
func (s *Sheet) choices(field string) []choice.Option {
	var out []choice.Option
	switch field {
	case "category":
		for _, c := range s.rules.Categories {
			out = append(out, choice.Option{Key: c.Name, Title: c.Name})
		}
	case "group":
		for _, g := range s.rules.Groups {
			out = append(out, choice.Option{Key: g.Name, Title: g.Name})
		}
		if out != nil {
			out = append(out, choice.Option{Title: s.sh.T("mend.no_group", nil)})
		}
	case judging.ConsentField:
		out = []choice.Option{
			{Key: consent.Yes, Title: s.sh.T("mend.consent_yes", nil)},
			{Key: consent.No, Title: s.sh.T("mend.consent_no", nil)}, {Title: s.sh.T("mend.consent_unknown", nil)},
		}
	}
	return out
}

// Load reads what may be chosen, taken back and made again.
func (s *Sheet) Load() {
	s.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		if s.rules, err = s.office.Rules(ctx); err == nil {
			s.acts, err = s.office.ListCorrections(ctx)
		}
		return err
	}, func(err error) {
		noBack, noAgain := s.acts.Undo == "", s.acts.Redo == ""
		if err == nil && (s.back.Hidden != noBack || s.again.Hidden != noAgain) { // else the whole page is drawn again
			s.back.Hidden, s.again.Hidden = noBack, noAgain
			s.back.Refresh()
			s.again.Refresh()
			s.done()
		}
	})
}

// correct sets a field of works, or asks why where the contest has come so far that a reason must be given.
func (s *Sheet) correct(works []judging.Work, field, text string, done func(table.Kept)) {
	c := correction.Correction{Set: map[string]string{field: text}, DryRun: true}
	for _, w := range works {
		c.Works = append(c.Works, string(w.ID))
	}
	var r correction.Report
	asks := false
	s.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		r, err = s.office.CorrectWorks(ctx, c)
		asks = err == nil && r.NeedsReason && len(r.Works) > 0
		if err == nil && !asks && len(r.Refused) == 0 {
			c.DryRun = false
			r, err = s.office.CorrectWorks(ctx, c)
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
			done(table.Kept{Wrong: s.sh.Err(err)})
		case len(r.Refused) > 0:
			done(table.Kept{Wrong: s.sh.T(r.Refused[0].Text, r.Refused[0].Args)})
		case asks:
			done(table.Kept{Asks: true})
			s.askWhy(c, r)
		default:
			done(table.Kept{})
			s.tell(r)
		}
	})
}

// askWhy asks for the reason of a correction that was tried, and says what follows from it.
func (s *Sheet) askWhy(c correction.Correction, r correction.Report) {
	c.DryRun = false
	s.why(s.sh.T("mend.why_title", nil), s.gist(r), r, func(reason string) error {
		c.Reason = reason
		done, err := s.office.CorrectWorks(context.Background(), c)
		if err == nil {
			s.tell(done)
		}
		return err
	})
}

// why asks for a reason, over what the correction would do and which documents would be issued again.
func (s *Sheet) why(title, text string, r correction.Report, do func(reason string) error) {
	field := field.NewText(s.sh, s.sh.T("mend.reason", nil), s.sh.T("mend.reason_help", nil),
		field.TextRule{Required: true, Limit: 200})
	field.SetText(s.reason)
	form := lay.Stack(lay.Gap8)
	for _, note := range follows(s.sh, r) {
		form.Add(look.NewPara(note, look.Body, look.Waiting, 30))
	}
	form.Add(field)
	s.sh.Ask(kit.Question{
		Title: title, Text: text, Action: s.sh.T("mend.correct", nil), Content: form,
		Do: func() error {
			err := do(field.Text())
			if err == nil {
				s.reason = field.Text()
			}
			return err
		},
	})
}

// follows says what else a correction asks for: documents to be issued again, copies to be looked at.
func follows(t kit.Texter, r correction.Report) []string {
	var out []string
	if r.Final {
		out = append(out, t.T("mend.final", nil))
	}
	kinds := map[string][]string{}
	for _, d := range r.Reissue {
		if !slices.Contains(kinds[d.Kind], d.Name) {
			kinds[d.Kind] = append(kinds[d.Kind], d.Name)
		}
	}
	for _, kind := range []string{"certificate", "batch", "notice"} {
		if n := len(kinds[kind]); n > 0 {
			out = append(out, t.T("mend.reissue_"+kind, judging.Args{"N": n}))
		}
	}
	return out
}

// gist says in one sentence what a correction changes.
func (s *Sheet) gist(r correction.Report) string {
	if len(r.Works) == 0 {
		return s.sh.T("mend.nothing", nil)
	}
	first := r.Works[0]
	if len(r.Works) == 1 && len(first.Changes) == 1 {
		c := first.Changes[0]
		return s.sh.T("mend.one", judging.Args{
			"Code": first.Code, "Field": fieldName(s.sh, c.Field), "Old": s.orNone(c.Old), "New": s.orNone(c.New),
		})
	}
	var fields []string
	for _, w := range r.Works {
		for _, c := range w.Changes {
			if name := fieldName(s.sh, c.Field); !slices.Contains(fields, name) {
				fields = append(fields, name)
			}
		}
	}
	return s.sh.T("mend.many", judging.Args{
		"N": len(r.Works), "Fields": strings.Join(fields, s.sh.T("kit.comma", nil)),
	})
}

func (s *Sheet) orNone(text string) string {
	if text == "" {
		return s.sh.T("mend.empty", nil)
	}
	return text
}

// tell says what was corrected, with the way back.
func (s *Sheet) tell(r correction.Report) {
	text := s.sh.T("mend.done", judging.Args{"What": s.gist(r)})
	if n := len(r.Refused); n > 0 {
		text += s.sh.T("mend.left_out", judging.Args{"N": n})
	}
	if len(r.Works) == 0 {
		s.sh.Tell(kit.Notice{Tone: look.Info, Text: text})
		return
	}
	s.sh.Tell(kit.Notice{Tone: look.Done, Text: text, Action: s.sh.T("mend.undo", nil), Do: s.Undo})
	s.sh.Reload()
}

// Undo takes the last correction back and says which.
func (s *Sheet) Undo() {
	s.turn("mend.undone", "mend.redo", s.Redo, func(ctx context.Context, reason string) (correction.Report, error) {
		return s.office.UndoCorrection(ctx, "", reason)
	})
}

// Redo makes the correction again that was taken back.
func (s *Sheet) Redo() {
	s.turn("mend.redone", "mend.undo", s.Undo, func(ctx context.Context, reason string) (correction.Report, error) {
		return s.office.RedoCorrection(ctx, reason)
	})
}

// turn does an undo or redo, asking why where that is needed.
func (s *Sheet) turn(
	told, back string, other func(), do func(ctx context.Context, reason string) (correction.Report, error),
) {
	say := func(r correction.Report) {
		s.sh.Tell(kit.Notice{Tone: look.Info, Text: s.sh.T(told, judging.Args{"What": s.gist(r)}),
			Action: s.sh.T(back, nil), Do: other})
		s.sh.Reload()
	}
	var r correction.Report
	s.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		r, err = do(ctx, "")
		return err
	}, func(err error) {
		switch {
		case err == nil:
			say(r)
		case asksWhy(err):
			s.why(s.sh.T("mend.undo_title", nil), s.sh.T("mend.undo_text", nil), r, func(reason string) error {
				r, err := do(context.Background(), reason)
				if err == nil {
					say(r)
				}
				return err
			})
		case judging.CodeOf(err) == judging.NotFound:
			s.sh.Tell(kit.Notice{Tone: look.Info, Text: s.sh.Err(err)})
		default:
			s.sh.ShowError(err)
		}
	})
}

// asksWhy reports whether all that an act lacked was a reason.
func asksWhy(err error) bool {
	e, ok := err.(*judging.Error)
	return ok && e.Text == "works.needs_reason"
}

// Buttons are the ways back and forth, for the foot of the list.
func (s *Sheet) Buttons() fyne.CanvasObject { return lay.Row(lay.Gap8, s.back, s.again) }
