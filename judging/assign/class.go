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

// newDual sorts judges into classes and works into calls, and starts with prices at the margin of the plan: 2·mean λ to meet, nothing for a work.
func (d *draft) newDual() *dual {
	u := &dual{price: newPriceList(0)}
	class := d.classes(u)
	n := len(u.size)
	u.count, u.pick, u.load = make([]int, n), make([]int, n), make([]float64, n)
	u.price, u.pairs = newPriceList(n), newPriceList(n).meet
	for j := range int32(d.p.Judges) {
		u.load[class[j]] += float64(d.load[j])
		for l := range j {
			a, b := max(class[j], class[l]), min(class[j], class[l])
			if *d.shared(j, l) > 0 || !d.p.NoTwoOfOneUnit || d.p.Unit == nil || d.p.Unit[j] == 0 || d.p.Unit[j] != d.p.Unit[l] {
				u.pairs[a][b]++
				u.price.meet[a][b] += float64(*d.shared(j, l))
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
	d.calls(u, class)
	return u
}

// classes sets size and chief of u and returns the class of each judge: judges are alike if they may score, and know, the same categories, are
// senior or not, and held by the same load limit or none.
func (d *draft) classes(u *dual) []int {
	class := make([]int, d.p.Judges)
	names := map[string]int{}
	for j := range class {
		name := make([]byte, 0, 2*len(d.fit)+1)
		for c := range d.fit {
			name = append(name, digit(d.fit[c][j]), digit(d.p.Match == Prefer && d.known[c][j]))
		}
		senior := d.p.NeedSenior && d.senior(int32(j))
		name = fmt.Append(name, digit(senior), d.pinned(int32(j)))
		id, ok := names[string(name)]
		if !ok {
			id = len(u.size)
			names[string(name)] = id
			u.size = append(u.size, 0)
			if d.p.NeedSenior {
				u.chief = append(u.chief, senior)
			}
		}
		class[j] = id
		u.size[id]++
	}
	return class
}

// pinned returns the load of j if a limit holds him there, else -1: he meets others more, or less, than they meet each other.
func (d *draft) pinned(j int32) int32 {
	if l := d.load[j]; l > 0 && (l == d.most[j] || l == d.least[j]) {
		return l
	}
	return -1
}

func digit(b bool) byte {
	if b {
		return '1'
	}
	return '0'
}

// calls groups the works that have the same category, open seats and classes of fixed judges.
func (d *draft) calls(u *dual, class []int) {
	u.odd = make([][]bool, len(d.pool))
	at := map[string]int{}
	for w, k := range d.kind {
		c := call{kind: k, seats: int(d.need[w] - d.fixed[w])}
		for i, j := range d.panel[w] {
			if i < int(d.fixed[w]) {
				c.fixed = append(c.fixed, class[j])
			}
			if d.stranger(int32(w), j) {
				u.seats++
			}
		}
		slices.Sort(c.fixed)
		key := fmt.Sprint(k, c.seats, c.fixed)
		i, ok := at[key]
		if !ok {
			i = len(u.calls)
			at[key] = i
			c.classes = d.guests(k, class, u)
			u.calls = append(u.calls, c)
		}
		u.calls[i].works++
	}
}

// guests returns the classes whose judges may come to works of kind, and marks the strangers among all.
func (d *draft) guests(kind int32, class []int, u *dual) (ids []int) {
	in := make([]bool, len(u.size))
	u.odd[kind] = make([]bool, len(u.size))
	for j, a := range class {
		in[a] = in[a] || d.fit[kind][j]
		u.odd[kind][a] = d.p.Match == Prefer && !d.known[kind][j]
	}
	for a, ok := range in {
		if ok {
			ids = append(ids, a)
		}
	}
	return ids
}
