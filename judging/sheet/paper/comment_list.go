package paper

import "io"

// CommentList is what judges wrote of works, for those who sent them: no judge is named.
type CommentList struct {
	Title     string
	Note      string // a line below the title
	Rows      []CommentRow
	Rehearsal bool // marks the sheet 【演练】
}

// CommentRow is one comment on a work.
type CommentRow struct {
	Unit, Code, Title, Authors, Category, Text string
}

var commentColumns = []listColumn[CommentRow]{
	{"comments.head_unit", 20, "left", func(r CommentRow) string { return r.Unit }},
	{"comments.head_code", 10, "center", func(r CommentRow) string { return r.Code }},
	{"comments.head_title", 24, "left", func(r CommentRow) string { return r.Title }},
	{"comments.head_authors", 12, "center", func(r CommentRow) string { return r.Authors }},
	{"comments.head_category", 9, "center", func(r CommentRow) string { return r.Category }},
	{"comments.head_text", 56, "left", func(r CommentRow) string { return r.Text }},
}

// WriteCommentList writes the list as xlsx, ready to be printed on A4 across. Equal input gives equal bytes. Errors:
// those of w.
func WriteCommentList(w io.Writer, list CommentList, words Words) error {
	p := &paperList[CommentRow]{
		title:     list.Title,
		note:      list.Note,
		rows:      list.Rows,
		columns:   commentColumns,
		rehearsal: list.Rehearsal,
		name:      "comments.sheet",
		no:        "comments.head_no",
	}
	return p.write(w, words)
}
