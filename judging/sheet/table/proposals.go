package table

import (
	"maps"
	"path"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// said is a value that a line says for the rows it stands over.
func said(value string, from propose.Source, words string) propose.Said {
	return propose.Said{Value: value, From: from, Words: judging.Tidy(words), State: propose.Taken}
}

// preamble learns from what stands above the header, from the names of sheet, file and folder, what goes for all rows.
func (t *table) preamble(w *segment.Window) {
	t.Defaults = map[field.Field]string{}
	t.now, t.said = map[field.Field]propose.Said{}, map[field.Field][]propose.Said{}
	title, local := "", ""
	if t.above != nil {
		maps.Copy(t.now, t.above.heard.now)
		if s := t.now[field.Sender]; s.Value != "" { // the table above may have a column of units, and this one none
			t.takeSender(t.now, s)
		}
	}
	for _, l := range w.Lines {
		if l.Row >= t.Heading.Top {
			break
		}
		cells := rowkind.OwnTexts(l)
		text := strings.Join(cells, " ")
		if name, _ := rowkind.SenderIn(cells); name != "" {
			t.takeSender(t.now, said(name, propose.FromLabel, text))
		} else if rowkind.Listing.MatchString(judging.Fold(text)) { // 一、学生组
			local += " " + text
		} else {
			title += " " + text
		}
	}
	t.hear(title, propose.FromTitle)
	if t.above != nil {
		t.said = propose.Merged(t.said, t.above.heard.said)
	} else {
		t.hearNames()
	}
	t.heard = heard{maps.Clone(t.now), maps.Clone(t.said)}
	if local != "" {
		general := t.said
		t.said = map[field.Field][]propose.Said{}
		t.hear(local, propose.FromTitle)
		t.said = propose.Merged(t.said, general)
	}
	slices.SortStableFunc(t.said[field.Unit], func(a, b propose.Said) int { // what is taken before what only may be
		return strings.Compare(string(b.State), string(a.State))
	})
	t.said[field.Sender] = t.said[field.Unit]
	for f, s := range t.now {
		t.Defaults[f] = s.Value
	}
	for f, list := range t.said {
		if t.Defaults[f] == "" && len(list) > 0 && list[0].State == propose.Taken {
			t.Defaults[f] = list[0].Value
		}
	}
}

// heard is what a sheet says above a table for the tables below it as well.
type heard struct {
	now  map[field.Field]propose.Said
	said map[field.Field][]propose.Said
}

// hearNames takes what the names of sheet, file and folder say.
func (t *table) hearNames() {
	t.hear(t.Sheet, propose.FromSheet)
	t.hear(strings.TrimSuffix(path.Base(t.File), path.Ext(t.File)), propose.FromFile)
	if dir := path.Base(path.Dir(t.File)); dir != "." && dir != "/" {
		t.hear(dir, propose.FromFolder)
	}
	if len(t.Rules.Categories) == 1 {
		t.add(field.Category, said(t.Rules.Categories[0].Name, propose.FromOnly, ""))
	}
}

// hear takes what a title or a name says of category, group and unit. A unit is heard only where the table has no
// column for one. What an office's name above a table says is left to a person: it may be who sent the form out.
func (t *table) hear(text string, from propose.Source) {
	if strings.TrimSpace(text) == "" {
		return
	}
	unit, kind := propose.UnitIn(text)
	if unit != "" && len(t.With(field.Unit))+len(t.With(field.Sender)) == 0 && !t.isHost(unit) {
		s := said(unit, from, text)
		if kind == propose.Office && from == propose.FromTitle {
			s.State = propose.Open
		}
		t.add(field.Unit, s)
	}
	rest := text
	if unit != "" { // 城关小学 speaks of no 小学组
		rest = strings.ReplaceAll(judging.Tidy(text), unit, " ")
	}
	if name := celltext.Mentioned(rest, t.Categories); name != "" {
		t.add(field.Category, said(name, from, text))
	}
	if name := celltext.Mentioned(rest, t.Groups); name != "" {
		t.add(field.Group, said(name, from, text))
	} else if name := propose.GroupOf(rest, t.Groups); name != "" {
		t.add(field.Group, said(name, from, text))
	}
}

func (t *table) add(f field.Field, s propose.Said) { t.said[f] = append(t.said[f], s) }

// isHost reports whether a name is that of who runs the contest, in full or in short.
func (t *table) isHost(unit string) bool {
	host, unit := judging.Fold(t.host), judging.Fold(unit)
	return host != "" && (strings.HasSuffix(host, unit) || strings.HasSuffix(unit, host))
}

// takeSender makes s the sender of the rows to come, and their authors' unit where the table has no column for it.
func (t *table) takeSender(into map[field.Field]propose.Said, s propose.Said) {
	into[field.Sender] = s
	if len(t.With(field.Unit)) == 0 {
		into[field.Unit] = s
	}
}

// saidOf lists what is said of a field for one row, nearest first.
func (t *table) saidOf(r *record, f field.Field) []propose.Said {
	if s := r.now[f]; s.Value != "" {
		return append([]propose.Said{s}, t.said[f]...)
	}
	return t.said[f]
}

// groupsSaid lists what is said of the group of one row: its grade, lines and names, last the kind of its school.
func (t *table) groupsSaid(r *record, unit string) []propose.Said {
	list := t.saidOf(r, field.Group)
	grade := celltext.TidyLine(r.values[field.Grade].Text)
	if name := t.Resolve(field.Grade, grade, t.gradeGroup); name != "" {
		list = slices.Insert(slices.Clone(list), 0, said(name, propose.FromGrade, grade))
	}
	if name := t.Resolve("school", unit, t.gradeGroup); name != "" {
		s := said(name, propose.FromSchool, unit)
		if s.State = propose.Open; propose.Grade(unit) {
			s.State, s.From = propose.Taken, propose.FromGrade
		}
		list = append(slices.Clone(list), s)
	}
	return list
}

// gradeGroup finds the group of a grade or of a kind of school.
func (t *table) gradeGroup(rules judging.Rules, text string) (string, bool) {
	if name := propose.GroupOf(text, t.Groups); name != "" {
		return name, true
	}
	return "", false
}

// units settles unit and sender of a row. Its own cells stand above every line; where 报送单位 is the only column of
// units, it is the authors'.
func (t *table) units(r *record, w *judging.Work) {
	w.Unit = celltext.TidyLine(r.values[field.Unit].Text)
	w.Sender = celltext.TidyLine(r.values[field.Sender].Text)
	lone := len(t.With(field.Unit)) == 0
	switch {
	case w.Unit != "" || !lone:
	case w.Sender != "" && t.sendersDiffer():
		w.Unit = w.Sender
	case w.Sender != "":
		w.Unit = t.ledger.Decide(propose.Unit, []propose.Said{said(w.Sender, propose.FromColumn, w.Sender)})
	default:
		w.Unit = t.ledger.Decide(propose.Unit, t.saidOf(r, field.Unit))
	}
	if w.Sender == "" {
		w.Sender = t.sender(r, w.Unit)
	}
	if w.Unit+w.Sender == "" {
		t.bare++
	}
}

// sender settles the sender of a row without a cell for it: without any column of units it is the unit that was
// proposed, else what a line says, else what a person does.
func (t *table) sender(r *record, unit string) string {
	if len(t.With(field.Unit))+len(t.With(field.Sender)) == 0 {
		return unit
	}
	if s := r.now[field.Sender]; s.Value != "" {
		return t.ledger.Decide(propose.Sender, []propose.Said{s})
	}
	return t.ledger.Decide(propose.Sender, nil)
}

// sendersDiffer reports whether the column of senders names more than one, as far as it was looked at.
func (t *table) sendersDiffer() bool {
	for _, c := range t.With(field.Sender) {
		for _, v := range c.Values {
			if judging.Fold(v) != judging.Fold(c.Values[0]) {
				return true
			}
		}
	}
	return false
}

// mostHeld is how many rows without unit and sender are held back for a line below the table that names it.
const mostHeld = 5000

// waits reports whether a record is to be held back: nothing has named its sender, or those before it still wait.
func (t *table) waits(r *record) bool {
	return !t.over && (len(t.held) > 0 ||
		r.now[field.Sender].Value == "" && len(t.With(field.Sender)) == 0 && t.cards == nil)
}

// lookBelow finds out whether the lines that name senders stand below their rows rather than above: the first rows
// have none, and the last line has no rows.
func (t *table) lookBelow() {
	last := t.held[len(t.held)-1]
	below := t.now[field.Sender]
	if below.Value == "" || t.held[0].now[field.Sender].Value != "" || below == last.now[field.Sender] {
		if t.held[0].now[field.Sender].Value == "" && t.seal.Value != "" && len(t.With(field.Unit)) == 0 {
			t.said[field.Unit] = slices.Insert(slices.Clone(t.said[field.Unit]), 0, t.seal)
			t.said[field.Sender] = t.said[field.Unit]
		}
		return
	}
	below.From = propose.FromBottom
	for i := len(t.held) - 1; i >= 0; i-- { // each block gets the line below it
		r := t.held[i]
		above := r.now[field.Sender]
		now := maps.Clone(r.now)
		if now == nil {
			now = map[field.Field]propose.Said{}
		}
		t.takeSender(now, below)
		r.now = now
		if i > 0 && t.held[i-1].now[field.Sender] != above {
			below = above
			below.From = propose.FromBottom
		}
	}
}

// conclude adds to the mapping what was proposed for the rows, and tells of how many no unit is known.
func (t *table) conclude() {
	t.Proposals = t.ledger.Proposals()
	if t.bare > 0 {
		t.Problems = append(t.Problems, judging.Problem{
			Place: judging.Place{File: t.File, Sheet: t.Sheet},
			Text:  "sheet.no_unit",
			Args:  judging.Args{"Rows": t.bare},
		})
	}
}

// hearSeal notes the name of a unit that stands alone below the rows, as next to a seal.
func (t *table) hearSeal(l grid.Line) {
	for _, text := range rowkind.OwnTexts(l) {
		if name := propose.StampedUnit(text); name != "" && !t.isHost(name) {
			t.seal = said(name, propose.FromBottom, text)
			return
		}
	}
}
