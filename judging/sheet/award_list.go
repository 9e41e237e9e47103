package sheet

import (
	"io"
)

// AwardList is the list of the awarded works as it goes to a superior office or is made public.
type AwardList struct {
	Title     string // of the paper
	Contest   string
	Note      string // a line below the title, may be empty
	Sections  []AwardSection
	Columns   []AwardColumn // in order; none: those that the rows have something for, without the score
	OneSheet  bool          // one table for all, else a sheet for each category
	Host      string        // 主办单位
	Date      string        // as it is to stand there: 2020年5月12日
	Rehearsal bool          // marks every sheet 【演练】
}

// AwardSection is the list of one category and group, best first.
type AwardSection struct {
	Category string
	Group    string // may be empty
	Rows     []AwardRow
}

// AwardRow is one awarded work. No counts within the table when it is 0.
type AwardRow struct {
	No       int
	Award    string
	Title    string
	Authors  []string
	Unit     string
	Teachers []string
	Score    *float64
	Place    int // 0: not shown
}

// AwardColumn names a column of the list.
type AwardColumn string

// The columns.
const (
	AwardNo       AwardColumn = "no"
	AwardName     AwardColumn = "award"
	AwardTitle    AwardColumn = "title"
	AwardCategory AwardColumn = "category"
	AwardGroup    AwardColumn = "group"
	AwardAuthors  AwardColumn = "authors"
	AwardUnit     AwardColumn = "unit"
	AwardTeachers AwardColumn = "teachers"
	AwardScore    AwardColumn = "score"
	AwardPlace    AwardColumn = "place"
)

// WriteAwardList writes the list as xlsx, ready to be printed on A4. Equal input gives equal bytes. Errors: Invalid for an unknown column; those of w.
func WriteAwardList(w io.Writer, list AwardList, words Words) error { return nil }
