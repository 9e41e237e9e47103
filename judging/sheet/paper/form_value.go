package paper

import (
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/table"
)

// value is what a row has for a column.
func (m *form) value(r FormRow, c table.Column) string {
	w := r.Work
	nth := 0
	for _, other := range m.Of(c.Field) {
		if other.Index < c.Index {
			nth++
		}
	}
	switch c.Field {
	case table.FieldRowNo:
		return strconv.Itoa(r.No)
	case table.FieldTitle:
		return w.Title
	case table.FieldAuthor:
		return m.authors(w, nth)
	case table.FieldCoAuthor:
		return strings.Join(w.Authors[min(1, len(w.Authors)):], "、")
	case table.FieldTeacher:
		return person(w.Teachers, nth, len(m.Of(table.FieldTeacher)))
	case table.FieldNumber:
		return string(w.Code)
	case table.FieldFileName:
		return strings.Join(r.Files, "、")
	case table.FieldPhone, table.FieldContactPhone:
		return w.Phone
	case table.FieldContactBoth:
		return strings.TrimSpace(w.Contact + " " + w.Phone)
	case table.FieldAward:
		return r.Award
	case table.FieldNone:
		return m.byHeader(r, c.Header)
	}
	for field, v := range map[table.Field]string{
		table.FieldUnit:     w.Unit,
		table.FieldSender:   w.Sender,
		table.FieldContact:  w.Contact,
		table.FieldEmail:    w.Email,
		table.FieldIDCard:   w.IDCard,
		table.FieldCategory: w.Category,
		table.FieldGroup:    w.Group,
		table.FieldIntro:    w.Intro,
		table.FieldForm:     w.Category,
	} {
		if field == c.Field {
			return v
		}
	}
	return w.More[string(c.Field)]
}

// authors gives the first author alone where the others have a column of their own.
func (m *form) authors(w judging.Work, nth int) string {
	if len(m.Of(table.FieldCoAuthor)) > 0 && len(w.Authors) > 0 {
		return w.Authors[0]
	}
	return person(w.Authors, nth, len(m.Of(table.FieldAuthor)))
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
func (m *form) byHeader(r FormRow, header string) string {
	switch {
	case strings.Contains(header, "奖"):
		return r.Award
	case strings.Contains(header, "名次") && r.Place > 0:
		return strconv.Itoa(r.Place)
	}
	return r.Work.More[header]
}
