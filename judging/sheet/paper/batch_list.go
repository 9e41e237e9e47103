package paper

import (
	"io"
	"strings"

	"fayi/judging/sheet/table"
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
	field       table.Field
}{
	{"batch.head_no", 6, 8, "", table.FieldRowNo}, {"batch.head_category", 8, 14, "", table.FieldCategory},
	{"batch.head_group", 8, 12, "", table.FieldGroup},
	{"batch.head_title", 18, 34, "left", table.FieldTitle}, {"batch.head_authors", 9, 20, "", table.FieldAuthor},
	{"batch.head_unit", 14, 28, "left", table.FieldUnit},
	{"batch.head_teachers", 9, 14, "", table.FieldTeacher}, {"batch.head_contact", 8, 12, "", table.FieldContact},
	{"batch.head_phone", 12, 16, "", table.FieldPhone},
	{"batch.head_sender", 10, 20, "left", table.FieldSender}, {"batch.head_award", 8, 12, "", table.FieldAward},
	{"batch.head_files", 16, 40, "left", table.FieldFileName},
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
		column := table.Column{Field: h.field}
		if h.field != table.FieldTitle && h.field != table.FieldFileName &&
			h.field != table.FieldRowNo && !m.any(list.Rows, column) {
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
			case table.FieldRowNo:
				cells[i] = row.No
			case table.FieldAuthor:
				cells[i] = strings.Join(row.Work.Authors, "、")
			case table.FieldTeacher:
				cells[i] = strings.Join(row.Work.Teachers, "、")
			default:
				cells[i] = m.value(row, table.Column{Field: f})
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return WritePapers(w, list.Title, []Paper{p}, words)
}

// any reports whether a row has something for a column.
func (m *form) any(rows []FormRow, c table.Column) bool {
	for _, r := range rows {
		if m.value(r, c) != "" || c.Field == table.FieldAuthor && len(r.Work.Authors) > 0 ||
			c.Field == table.FieldTeacher && len(r.Work.Teachers) > 0 {
			return true
		}
	}
	return false
}
