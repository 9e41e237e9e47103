package assign

import "context"

// refine lowers Σλ² − wishes by exchanging judges between works, loads unchanged up to a swap of two neighbouring ones. It stops at the bound or after
// tries exchanges.
func (d *draft) refine(ctx context.Context, bound int64, tries int) error {
	var seats []int32 // works, once for each seat that may change
	for w := range d.panel {
		for range d.movable(int32(w)) {
			seats = append(seats, int32(w))
		}
	}
	if len(seats) < 2 {
		return nil
	}
	sum := d.squares()
	for t := range tries {
		if t%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if sum <= bound && d.content {
			return nil
		}
		w := seats[d.rng.IntN(len(seats))]
		m := d.movable(w)
		a := m[d.rng.IntN(len(m))]
		v := seats[d.rng.IntN(len(seats))]
		if v == w {
			continue
		}
		m = d.movable(v)
		b := m[d.rng.IntN(len(m))]
		if a == b || !d.joins(w, a, b) || !d.joins(v, b, a) {
			continue
		}
		gain := d.change(w, a, b, v) + d.change(v, b, a, w)
		if gain-d.tasteGain(w, a, b, v) > 0 {
			continue
		}
		d.replace(w, a, b)
		d.replace(v, b, a)
		sum += int64(gain)
	}
	return nil
}

// change returns how Σλ² changes when b takes a's seat on w; judges who also sit on v, where the reverse happens, cancel out.
func (d *draft) change(w, a, b, v int32) (sum int) {
	n := d.p.Judges
	ra, rb := d.lam[int(a)*n:int(a)*n+n], d.lam[int(b)*n:int(b)*n+n]
	for _, m := range d.panel[w] {
		if m != a && !d.sits(v, m) {
			sum += 2 * int(rb[m]-ra[m]+1)
		}
	}
	return sum
}

func (d *draft) sits(w, j int32) bool {
	for _, m := range d.panel[w] {
		if m == j {
			return true
		}
	}
	return false
}

// tasteGain is what the wishes win when a and b change places on w and v.
func (d *draft) tasteGain(w, a, b, v int32) int {
	if d.content {
		return 0
	}
	return d.taste(w, b) + d.taste(v, a) - d.taste(w, a) - d.taste(v, b)
}
