package sheet

import (
	"io"
	"strings"
)

// BatchList is the list of works that go up to a superior, in the usual form, for a superior who sent none.
type BatchList struct {
	Title string
	Host  string
	Date  string
	Rows  []FormRow
	State string // the moment that the list is of, in words; may be empty
}

// batchHeads are the headers of the list; every Fayi reads them.
var batchHeads = []struct {
	key         string
	least, most float64
	across      string
	field       Field
}{
	{"batch.head_no", 6, 8, "", FieldRowNo}, {"batch.head_category", 8, 14, "", FieldCategory},
	{"batch.head_group", 8, 12, "", FieldGroup},
	{"batch.head_title", 18, 34, "left", FieldTitle}, {"batch.head_authors", 9, 20, "", FieldAuthor},
	{"batch.head_unit", 14, 28, "left", FieldUnit},
	{"batch.head_teachers", 9, 14, "", FieldTeacher}, {"batch.head_contact", 8, 12, "", FieldContact},
	{"batch.head_phone", 12, 16, "", FieldPhone},
	{"batch.head_sender", 10, 20, "left", FieldSender}, {"batch.head_award", 8, 12, "", fieldAward},
	{"batch.head_files", 16, 40, "left", FieldFileName},
}

// WriteBatchList writes the list as xlsx, ready to be printed on A4 across. Errors: those of w.
func WriteBatchList(w io.Writer, list BatchList, words Words) error {
	p := Paper{Name: words("batch.list_sheet", nil), Title: list.Title, Foot: []string{words("batch.list_host",
		map[string]any{"Host": list.Host}), list.Date}, Signed: 2}
	if list.State != "" {
		p.Foot = append([]string{list.State}, p.Foot...)
	}
	var used []int
	m := form{}
	for i, h := range batchHeads {
		column := Column{Field: h.field}
		if h.field != FieldTitle && h.field != FieldFileName && h.field != FieldRowNo && !m.any(list.Rows, column) {
			continue
		}
		used = append(used, i)
		p.Columns = append(p.Columns, PaperColumn{
			Head:   words(h.key, nil),
			Least:  h.least,
			Most:   h.most,
			Across: h.across,
		})
	}
	for _, row := range list.Rows {
		cells := make([]any, len(used))
		for i, h := range used {
			switch f := batchHeads[h].field; f {
			case FieldRowNo:
				cells[i] = row.No
			case FieldAuthor:
				cells[i] = strings.Join(row.Work.Authors, "、")
			case FieldTeacher:
				cells[i] = strings.Join(row.Work.Teachers, "、")
			default:
				cells[i] = m.value(row, Column{Field: f})
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return WritePapers(w, list.Title, []Paper{p}, words)
}

// any reports whether a row has something for a column.
func (m *form) any(rows []FormRow, c Column) bool {
	for _, r := range rows {
		if m.value(r, c) != "" || c.Field == FieldAuthor && len(r.Work.Authors) > 0 ||
			c.Field == FieldTeacher && len(r.Work.Teachers) > 0 {
			return true
		}
	}
	return false
}
