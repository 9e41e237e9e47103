package terms

import (
	"cmp"
	"slices"
)

// Apportion spreads n places over lists of so many works by the method of largest remainders (最大余数法), exactly: each
// list has the whole places of n × its works ÷ all works, and those that are left go to the largest remainders, one
// each. Where lists with equal remainders can't all have one, none of them has it: left places stay, and even are the
// lists, by their index. There are never more places than works.
func Apportion(n int, works []int) (parts, even []int, left int) {
	parts = make([]int, len(works))
	sum, order := 0, make([]int, len(works))
	for i, w := range works {
		sum += w
		order[i] = i
	}
	if sum == 0 {
		return parts, nil, 0
	}
	n = min(n, sum)
	left = n
	for i, w := range works {
		parts[i] = n * w / sum
		left -= parts[i]
	}
	rest := func(i int) int { return n * works[i] % sum }
	slices.SortStableFunc(order, func(a, b int) int { return -cmp.Compare(rest(a), rest(b)) })
	for from := 0; left > 0; {
		to := from + 1
		for to < len(order) && rest(order[to]) == rest(order[from]) {
			to++
		}
		if to-from > left {
			return parts, order[from:to], left
		}
		for _, i := range order[from:to] {
			parts[i]++
		}
		left -= to - from
		from = to
	}
	return parts, nil, 0
}

// WholeFault tells why the places of an award, which are counted over the whole contest, can't be spread over the lists
// next to those that have places of their own: these must be numbers, and leave the whole what it is. It is nil for any
// other share.
func (s Share) WholeFault(award string, owns []Share) *Fault {
	sum, counted := 0, s.Percent == 0
	for _, o := range owns {
		sum, counted = sum+o.Count, counted && o.Percent == 0 && !o.Passed
	}
	if !s.Whole || len(owns) == 0 || counted && sum <= s.Count {
		return nil
	}
	return &Fault{"rules.whole_own", map[string]any{
		"Where": award, "Sum": sum, "Count": s.Count, "Counted": counted,
	}}
}
