package lay

// ShareByWeight divides total among parts in proportion to their weights, none below its minimum; a part of weight
// 0 gets its minimum. If the minimums do not fit, all shrink alike.
func ShareByWeight(total float32, mins, weights []float32) []float32 {
	out := make([]float32, len(mins))
	var need, rest, weight float32
	for i, m := range mins {
		need += m
		weight += weights[i]
	}
	if need >= total || weight <= 0 {
		for i, m := range mins {
			out[i] = m * min(1, max(total, 0)/max(need, 1))
		}
		return out
	}
	fixed := make([]bool, len(mins))
	for again := true; again; {
		again, rest, weight = false, total, 0
		for i, m := range mins {
			if fixed[i] || weights[i] <= 0 {
				rest -= m
			} else {
				weight += weights[i]
			}
		}
		for i, m := range mins {
			if !fixed[i] && weights[i] > 0 && rest*weights[i]/weight < m {
				fixed[i], again = true, true
			}
		}
	}
	for i, m := range mins {
		out[i] = m
		if !fixed[i] && weights[i] > 0 {
			out[i] = rest * weights[i] / weight
		}
	}
	return out
}
