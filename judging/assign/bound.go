package assign

// bound returns a value no plan's Σλ² can fall below: T pairs spread evenly over the P pairs of judges that may ever meet.
func (d *draft) bound() int64 {
	var met, pairs int64
	for _, k := range d.need {
		met += int64(k) * int64(k-1) / 2
	}
	n := d.p.Judges
	meet := make([]bool, n*n)
	for c := range d.pool {
		for i, a := range d.pool[c] {
			for _, b := range d.pool[c][:i] {
				if at := int(a)*n + int(b); !meet[at] {
					meet[at] = true
					pairs++
				}
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	f := met / pairs
	return (2*f+1)*met - pairs*f*(f+1)
}
