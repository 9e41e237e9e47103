package assignment

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/assignment"
)

// withOverlap adds to the bars of a plan how many works each pair of judges shares.
func withOverlap(sh kit.Texter, bars fyne.CanvasObject, o assignment.Overlap) fyne.CanvasObject {
	if len(o.Judges) < 2 {
		return bars
	}
	picture := chart.NewMatrix(overlapSides(o), o.Shared, sh.T("fair.overlap_hint", nil), func(i, k int) string {
		return overlapWords(sh, o, i, k)
	})
	title := look.NewPara(sh.T("fair.overlap", nil), look.Note, look.Quiet, 30).Fluid()
	shared := lay.Fill(title, picture, nil)
	if look.Short() { // all of it scrolls there, and one may stand below the other
		return lay.Tiles(lay.Gap24, 0, bars, shared)
	}
	return lay.Split(lay.Gap24, []float32{1, 1}, bars, shared)
}

// overlapSides names the judges of a picture, with their categories as groups.
func overlapSides(o assignment.Overlap) []chart.MatrixSide {
	var out []chart.MatrixSide
	for _, j := range o.Judges {
		out = append(out, chart.MatrixSide{Label: j.Name, Group: j.Category})
	}
	return out
}

func overlapWords(t kit.Texter, o assignment.Overlap, i, k int) string {
	args := judging.Args{"A": o.Judges[i].Name, "B": o.Judges[k].Name, "N": o.Shared[i][k]}
	if o.Shared[i][k] == 0 {
		return t.T("fair.overlap_none", args)
	}
	return t.T("fair.overlap_pair", args)
}
