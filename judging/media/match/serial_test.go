package match

import (
	"fmt"
	"testing"
)

func TestTitlesThatDifferByANumberOnlyAreToldApart(t *testing.T) {
	var rows []Row
	for i := range 24 {
		rows = append(rows, Row{
			Title:    fmt.Sprintf("法治之光%d", i+1),
			Authors:  []string{fmt.Sprintf("甲某%d", i+1)},
			Units:    []string{fmt.Sprintf("示例第%d小学", i%5+1)},
			Category: "书法",
		})
	}
	var files []Candidate
	for i := range rows {
		files = append(files, Candidate{Path: fmt.Sprintf("来稿/%s-%s-1.txt", rows[i].Title, rows[i].Authors[0])})
	}
	for i := range rows {
		files = append(files, Candidate{Path: fmt.Sprintf("补交/%s-1.jpg", rows[i].Title)})
	}
	for _, p := range Match(rows, files) {
		if p.Row != p.File%len(rows) &&
			(p.Fit != Doubtful || p.File < len(rows) || p.Offers[0].Row != p.File%len(rows)) {
			t.Errorf("%s: %s, row %d, %+v", files[p.File].Path, p.Fit, p.Row, p)
		}
	}
}
