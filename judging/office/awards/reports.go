package awards

import "fayi/judging/sheet/paper"

// AwardSections cuts the list where category or group changes; numbers begin again in each.
func AwardSections(awards []Award, scores bool) []paper.AwardSection {
	var out []paper.AwardSection
	for _, a := range awards {
		if n := len(out); n == 0 || out[n-1].Category != a.Category || out[n-1].Group != a.Group {
			out = append(out, paper.AwardSection{Category: a.Category, Group: a.Group})
		}
		section := &out[len(out)-1]
		row := paper.AwardRow{
			No: len(section.Rows) + 1, Award: a.Award, Title: a.Title, Authors: a.Authors, Unit: a.Unit,
			Teachers: a.Teachers,
		}
		if scores {
			row.Score, row.Place = &a.Official, a.Place
		}
		section.Rows = append(section.Rows, row)
	}
	return out
}
