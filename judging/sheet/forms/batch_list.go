package forms

import (
	"io"
	"strings"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/paper"
)

// BatchList is the list of works that go up to a superior, in the usual form, for a superior who sent none.
type BatchList struct {
	Title string
	Host  string
	Date  string
	Rows  []Row
	State string // the moment that the list is of, in words; may be empty
}

// batchHeads are the headers of the list; every Fayi reads them.
var batchHeads = []struct {
	key         string
	least, most float64
	across      string
	field       field.Field
}{
	{"batch.head_no", 6, 8, "", field.RowNo}, {"batch.head_category", 8, 14, "", field.Category},
	{"batch.head_group", 8, 12, "", field.Group},
	{"batch.head_title", 18, 34, "left", field.Title}, {"batch.head_authors", 9, 20, "", field.Author},
	{"batch.head_unit", 14, 28, "left", field.Unit},
	{"batch.head_teachers", 9, 14, "", field.Teacher}, {"batch.head_contact", 8, 12, "", field.Contact},
	{"batch.head_phone", 12, 16, "", field.Phone},
	{"batch.head_sender", 10, 20, "left", field.Sender}, {"batch.head_award", 8, 12, "", field.Award},
	{"batch.head_files", 16, 40, "left", field.FileName},
}

// WriteBatchList writes the list as xlsx, ready to be printed on A4 across. Errors: those of w.
func WriteBatchList(w io.Writer, list BatchList, words paper.Words) error {
	p := paper.Paper{Name: words("batch.list_sheet", nil), Title: list.Title, Foot: []string{words("batch.list_host",
		map[string]any{"Host": list.Host}), list.Date}, Signed: 2}
	if list.State != "" {
		p.Foot = append([]string{list.State}, p.Foot...)
	}
	var used []int
	m := form{}
	for i, h := range batchHeads {
		column := mapping.Column{Field: h.field}
		if h.field != field.Title && h.field != field.FileName &&
			h.field != field.RowNo && !m.any(list.Rows, column) {
			continue
		}
		used = append(used, i)
		p.Columns = append(p.Columns, paper.PaperColumn{
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
			case field.RowNo:
				cells[i] = row.No
			case field.Author:
				cells[i] = strings.Join(row.Work.Authors, "、")
			case field.Teacher:
				cells[i] = strings.Join(row.Work.Teachers, "、")
			default:
				cells[i] = m.value(row, mapping.Column{Field: f})
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return paper.WritePapers(w, list.Title, []paper.Paper{p}, words)
}

// any reports whether a row has something for a column.
func (m *form) any(rows []Row, c mapping.Column) bool {
	for _, r := range rows {
		if m.value(r, c) != "" || c.Field == field.Author && len(r.Work.Authors) > 0 ||
			c.Field == field.Teacher && len(r.Work.Teachers) > 0 {
			return true
		}
	}
	return false
}
