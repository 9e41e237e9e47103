package rowkind

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// OwnTexts lists what stands in a row, raw, without what merges laid there.
func OwnTexts(l grid.Line) []string {
	var texts []string
	for _, c := range l.Cells {
		if s := strings.TrimSpace(c.Text); s != "" && !c.Fill && c.Kind != grid.ErrorCell {
			texts = append(texts, s)
		}
	}
	return texts
}

// Place is one value of a row with the column it stands in.
type Place struct {
	Col  int
	Text string // as it stands
}

// ValuesOf lists the values of a row, without what merges laid there.
func ValuesOf(l grid.Line) []Place {
	var list []Place
	for i, c := range l.Cells {
		if c.Text != "" && !c.Fill && (c.Text[0] > ' ' && c.Text[0] < 0x7F || judging.Fold(c.Text) != "") {
			list = append(list, Place{i, c.Text})
		}
	}
	return list
}
