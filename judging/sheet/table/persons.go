package table

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
)

// people reads authors and teachers.
func (t *table) people(r *record, w *judging.Work) {
	both := r.values[field.ContactBoth]
	if len(r.names[field.Author]) == 0 && both.Text != "" && t.First(field.Author) < 0 &&
		field.RoleIn(field.Fold(r.columns[field.ContactBoth].Header)) != "contact" {
		if phone, name, ok := celltext.ReadPhone(both.Text); ok {
			r.names[field.Author] = []grid.Cell{{Text: name}}
			r.columns[field.Author] = r.columns[field.ContactBoth]
			if r.values[field.Phone].Text == "" {
				r.values[field.Phone] = grid.Cell{Text: phone}
			}
		}
	}
	makers := slices.Concat(r.names[field.Leader], r.names[field.Author], r.names[field.CoAuthor])
	w.Authors = t.names(r, field.Author, makers)
	w.Teachers = t.names(r, field.Teacher, r.names[field.Teacher])
	if len(w.Authors) == 1 && celltext.Collective[judging.Fold(w.Authors[0])] {
		if w.Authors = nil; w.Unit == "" {
			w.Unit = w.Sender
		}
		if w.Unit != "" {
			return
		}
	}
	for i, name := range w.Authors {
		if celltext.Undecided(name) {
			t.tell(r, field.Author, true, "sheet.undecided", nil)
			w.Authors = slices.Delete(w.Authors, i, i+1)
			return
		}
	}
	byUnit := t.First(field.Author) < 0 && t.First(field.CoAuthor) < 0 && t.First(field.Leader) < 0 &&
		w.Unit+w.Sender != ""
	if len(w.Authors) == 0 && !byUnit {
		t.tell(r, field.Author, true, "sheet.no_author", nil)
	}
}

// names splits cells into distinct names, in order. What a cell says besides names is kept as it was written; its
// telephone is the author's where no column has one.
func (t *table) names(r *record, f field.Field, cells []grid.Cell) []string {
	var list []string
	for _, c := range cells {
		l := celltext.ReadNames(c.Text)
		for _, n := range l.Names {
			if !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
		if l.Others {
			r.more[string(f)+"_others"] = "等"
			t.tell(r, f, false, "sheet.names_others", nil)
		}
		if l.Odd && !slices.ContainsFunc(l.Names, celltext.LooksLikeUnit) {
			t.tell(r, f, false, "sheet.names_together", nil)
		}
		if l.More {
			r.keep(string(f)+"_written", celltext.TidyText(c.Text))
		}
		if len(l.Phones) > 0 && f == field.Author && r.values[field.Phone].Text == "" {
			r.values[field.Phone] = grid.Cell{Text: strings.Join(l.Phones, "、")}
		}
	}
	return list
}

// reach reads how to reach the author: contact, phone, mail, identity number. Odd ones are reported without being
// shown.
func (t *table) reach(r *record, w *judging.Work) {
	w.Contact = strings.Join(t.names(r, field.Contact, []grid.Cell{r.values[field.Contact]}), "、")
	w.Email = strings.TrimSpace(celltext.TidyLine(r.values[field.Email].Text))
	for _, f := range []field.Field{field.Phone, field.ContactBoth} {
		v := r.values[f]
		if v.Text == "" || f == field.ContactBoth && w.Phone != "" {
			continue
		}
		phone, name, ok := celltext.ReadPhone(v.Text)
		w.Phone = phone
		if name != "" && w.Contact == "" && !slices.Contains(w.Authors, name) {
			w.Contact = name
		}
		if !ok {
			t.tell(r, f, false, "sheet.odd_phone", nil)
		}
	}
	if v := r.values[field.IDCard]; v.Text != "" {
		id, lost, ok := celltext.ReadIDCard(v)
		switch w.IDCard = id; {
		case lost: // better none than a wrong one
			w.IDCard = ""
			t.tell(r, field.IDCard, false, "sheet.lost_id", nil)
		case !ok:
			t.tell(r, field.IDCard, false, "sheet.odd_id", nil)
		}
	}
	if w.Email != "" && !celltext.LooksLikeMail(w.Email) {
		t.tell(r, field.Email, false, "sheet.odd_email", nil)
	}
}
