package assign

import (
	"fmt"
	"slices"
)

func newPriceList(classes int) priceList {
	l := priceList{meet: make([][]float64, classes), work: make([]float64, classes)}
	for a := range l.meet {
		l.meet[a] = make([]float64, a+1)
	}
	return l
}

// newDual sorts judges into classes and works into demands. Prices start at the margin of the plan: 2f+1 to meet, f
// the mean λ of two classes rounded down, and nothing for a work.
func (d *draft) newDual() *dual {
	u := &dual{price: newPriceList(0)}
	class := d.classes(u)
	n := len(u.size)
	u.count, u.cheapestPanel, u.load = make([]int, n), make([]int, n), make([]float64, n)
	u.price, u.pairs = newPriceList(n), newPriceList(n).meet
	for j := range int32(d.problem.Judges) {
		u.load[class[j]] += float64(d.loads[j])
		for l := range j {
			a, b := max(class[j], class[l]), min(class[j], class[l])
			if *d.lambdaOf(j, l) > 0 || !d.problem.sameUnit(j, l) {
				u.pairs[a][b]++
				u.price.meet[a][b] += float64(*d.lambdaOf(j, l))
			}
		}
	}
	for a, row := range u.price.meet {
		for b := range row {
			if u.pairs[a][b] > 0 {
				f := int(row[b] / u.pairs[a][b])
				row[b] = float64(2*f + 1)
			}
		}
	}
	d.addDemands(u, class)
	return u
}

// classes sets size and hasSenior of u and returns the class of each judge. Judges are alike if they may score, and
// know, the same categories, are senior or not, and are held by the same load limit or none.
func (d *draft) classes(u *dual) []int {
	class := make([]int, d.problem.Judges)
	names := map[string]int{}
	for j := range class {
		name := make([]byte, 0, 2*len(d.eligible)+1)
		for c := range d.eligible {
			name = append(name, digit(d.eligible[c][j]), digit(d.problem.Match == Prefer && d.expert[c][j]))
		}
		senior := d.problem.NeedSenior && d.senior(int32(j))
		name = fmt.Append(name, digit(senior), d.loadAtLimit(int32(j)))
		id, ok := names[string(name)]
		if !ok {
			id = len(u.size)
			names[string(name)] = id
			u.size = append(u.size, 0)
			if d.problem.NeedSenior {
				u.hasSenior = append(u.hasSenior, senior)
			}
		}
		class[j] = id
		u.size[id]++
	}
	return class
}

// loadAtLimit returns the load of j if a limit holds it there, else -1. A judge at a limit meets others more, or
// less, often than they meet each other, and so needs a class apart.
func (d *draft) loadAtLimit(j int32) int32 {
	if l := d.loads[j]; l > 0 && (l == d.maxLoad[j] || l == d.minLoad[j]) {
		return l
	}
	return -1
}

// digit writes b as one byte of a class name.
func digit(b bool) byte {
	if b {
		return '1'
	}
	return '0'
}

// addDemands groups the works that have the same category, open seats and classes of fixed judges.
func (d *draft) addDemands(u *dual, class []int) {
	u.outside = make([][]bool, len(d.pool))
	at := map[string]int{}
	for w, k := range d.category {
		c := demand{category: k, seats: int(d.need[w] - d.fixed[w])}
		for i, j := range d.panels[w] {
			if i < int(d.fixed[w]) {
				c.fixed = append(c.fixed, class[j])
			}
			if d.outside(int32(w), j) {
				u.outsiders++
			}
		}
		slices.Sort(c.fixed)
		key := fmt.Sprint(k, c.seats, c.fixed)
		i, ok := at[key]
		if !ok {
			i = len(u.demands)
			at[key] = i
			c.classes = d.eligibleClasses(k, class, u)
			u.demands = append(u.demands, c)
		}
		u.demands[i].works++
	}
}

// eligibleClasses returns the classes whose judges may score works of category, and marks the classes outside it.
func (d *draft) eligibleClasses(category int32, class []int, u *dual) (ids []int) {
	in := make([]bool, len(u.size))
	u.outside[category] = make([]bool, len(u.size))
	for j, a := range class {
		in[a] = in[a] || d.eligible[category][j]
		u.outside[category][a] = d.problem.Match == Prefer && !d.expert[category][j]
	}
	for a, ok := range in {
		if ok {
			ids = append(ids, a)
		}
	}
	return ids
}
