package forms

import (
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
)

// value is what a row has for a column.
func (m *form) value(r Row, c mapping.Column) string {
	w := r.Work
	nth := 0
	for _, other := range m.Of(c.Field) {
		if other.Index < c.Index {
			nth++
		}
	}
	switch c.Field {
	case field.RowNo:
		return strconv.Itoa(r.No)
	case field.Title:
		return w.Title
	case field.Author:
		return m.authors(w, nth)
	case field.CoAuthor:
		return strings.Join(w.Authors[min(1, len(w.Authors)):], "、")
	case field.Teacher:
		return person(w.Teachers, nth, len(m.Of(field.Teacher)))
	case field.Number:
		return string(w.Code)
	case field.FileName:
		return strings.Join(r.Files, "、")
	case field.Phone, field.ContactPhone:
		return w.Phone
	case field.ContactBoth:
		return strings.TrimSpace(w.Contact + " " + w.Phone)
	case field.Award:
		return r.Award
	case field.None:
		return m.byHeader(r, c.Header)
	}
	for field, v := range map[field.Field]string{
		field.Unit:     w.Unit,
		field.Sender:   w.Sender,
		field.Contact:  w.Contact,
		field.Email:    w.Email,
		field.IDCard:   w.IDCard,
		field.Category: w.Category,
		field.Group:    w.Group,
		field.Intro:    w.Intro,
		field.Form:     w.Category,
	} {
		if field == c.Field {
			return v
		}
	}
	return w.More[string(c.Field)]
}

// authors gives the first author alone where the others have a column of their own.
func (m *form) authors(w judging.Work, nth int) string {
	if len(m.Of(field.CoAuthor)) > 0 && len(w.Authors) > 0 {
		return w.Authors[0]
	}
	return person(w.Authors, nth, len(m.Of(field.Author)))
}

// person gives the nth of names, the last column all that are left.
func person(names []string, nth, columns int) string {
	switch {
	case nth >= len(names):
		return ""
	case nth == columns-1:
		return strings.Join(names[nth:], "、")
	}
	return names[nth]
}

// byHeader fills columns that no field stands for: awards and places by their word, others by what came in under
// the same header.
func (m *form) byHeader(r Row, header string) string {
	switch {
	case strings.Contains(header, "奖"):
		return r.Award
	case strings.Contains(header, "名次") && r.Place > 0:
		return strconv.Itoa(r.Place)
	}
	return r.Work.More[header]
}
