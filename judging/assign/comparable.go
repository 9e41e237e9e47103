package assign

import "gonum.org/v1/gonum/mat"

// Comparability is how well strict and lenient judges can be distinguished by the works that these panels share, from
// 0 to 1. Pass the panels of one category to learn how fairly its works can be compared.
//
// It is the A-efficiency with each pair of judges weighted by how many pairs of their scores meet: the variance of
// the difference of two judges is averaged over pairs of scores and compared with that of a balanced plan among as
// many equally busy judges (1/Σ share²). With equal loads it is the A-efficiency. A judge with a single work has
// the weight of one work. It is 1 where one judge scores all works, or every judge scores every work; 0 where the
// judges are not connected.
func Comparability(panels [][]int) float64 {
	d := compact(panels)
	if d.problem.Judges < 2 {
		return 1
	}
	groups := d.components(-1).Groups
	if len(groups) > 1 {
		return 0
	}
	inv, mu := d.inverse(groups[0])
	if inv == nil {
		return 0
	}
	total := mu * float64(d.problem.Judges-1)
	busy := 1 / d.concentration()
	return min(1, 2*(busy-1)/total/d.variance(inv))
}

// compact returns a draft of panels with the judges numbered from 0.
func compact(panels [][]int) *draft {
	at := map[int]int32{}
	d := &draft{rules: rules{problem: &Problem{}}}
	for _, panel := range panels {
		own := make([]int32, len(panel))
		for i, j := range panel {
			if _, met := at[j]; !met {
				at[j] = int32(len(at))
				d.loads = append(d.loads, 0)
			}
			own[i] = at[j]
			d.loads[at[j]]++
		}
		d.panels = append(d.panels, own)
	}
	d.problem.Works, d.problem.Judges = len(panels), len(at)
	return d
}

// concentration is Σ share² of the loads: 1/n for n equally busy judges.
func (d *draft) concentration() float64 {
	all, squares := 0.0, 0.0
	for _, l := range d.loads {
		all += float64(l)
		squares += float64(l) * float64(l)
	}
	return squares / (all * all)
}

// variance is that of the difference of two judges, in units of the variance of a score, averaged over pairs of
// scores by two judges.
func (d *draft) variance(inv *mat.SymDense) float64 {
	sum, weight := 0.0, 0.0
	for j := range d.problem.Judges {
		for l := range j {
			w := float64(d.loads[j]) * float64(d.loads[l])
			sum += w * (inv.At(j, j) + inv.At(l, l) - 2*inv.At(j, l))
			weight += w
		}
	}
	return sum / weight
}
