package grid

// Strings holds many strings in one piece of memory.
type Strings struct {
	bytes []byte
	ends  []uint32
}

// Add appends a string; ErrTooBig beyond 2 GiB in all.
func (p *Strings) Add(s string) error {
	if len(p.bytes)+len(s) > 1<<31 {
		return ErrTooBig
	}
	p.bytes = append(p.bytes, s...)
	p.ends = append(p.ends, uint32(len(p.bytes)))
	return nil
}

// At returns string i, counted from 0; false where there is none.
func (p *Strings) At(i int) (string, bool) {
	if i < 0 || i >= len(p.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = p.ends[i-1]
	}
	return string(p.bytes[start:p.ends[i]]), true
}
