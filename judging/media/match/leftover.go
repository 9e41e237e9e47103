package match

import (
	"cmp"
	"path"
	"slices"
)

// offerLeft offers the works that are left without a file to the files whose names tell nothing, where unit,
// category or folder leave a few of them only.
func (x *index) offerLeft(pairs []Pair, files []Candidate) {
	served := make([]bool, len(x.rows))
	for i, r := range x.rows {
		served[i] = r.Files > 0
	}
	for _, p := range pairs {
		if p.Fit == Matched && !IsForm(files[p.File].Path) {
			served[p.Row] = true
		}
	}
	var left []int
	for row, s := range served {
		if !s {
			left = append(left, row)
		}
	}
	if len(left) > mostWeighed { // a few are what this is for
		return
	}
	for i, p := range pairs {
		if p.Fit == Unmatched {
			pairs[i] = x.leftFor(p, files[p.File], left)
		}
	}
}

// leftFor offers the rows in the same place as a file, if they are no more than MaxDoubts.
func (x *index) leftFor(p Pair, f Candidate, left []int) Pair {
	r := x.read(f.Path)
	if r.residue > 0 {
		return p // it is named after something, which none of the works is
	}
	var edges []edge
	for _, row := range left {
		e := edge{row: row}
		x.weighPlace(&e, &x.says[row], r)
		if n := shared(x.rows[row].From, path.Dir(f.Path)) - x.common; n > 0 {
			e.add(1.6+float64(min(n, 2)), clueBeside)
		}
		if e.weight >= 1 && !slices.Contains(f.Not, row) {
			edges = append(edges, e)
		}
	}
	if len(edges) == 0 || len(edges) > MaxDoubts {
		return p
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Compare(b.weight, a.weight) })
	c := claim{file: p.File, edges: edges, chosen: -1}
	p.Fit, p.Reason, p.Offers = Doubtful, "media.doubt_left_over", c.offers()
	p.Score = p.Offers[0].Score
	return p
}
