package jpegscale

// mean decodes a block of which only the difference of the first coefficient matters; the others are counted over,
// as many at once as the window holds.
func (r *reader) mean(dc, ac *huffman) (diff int32, ok bool) {
	size, ok := dc.decode(r)
	if !ok || size > 15 {
		return 0, false
	}
	if r.n < 32 {
		r.fill()
	}
	diff = extend(r.take(int(size)), int(size))
	return diff, r.passOver(ac, 1)
}

// passOver passes over the coefficients of a block from place k on.
func (r *reader) passOver(ac *huffman, k uint32) bool {
	acc, n := r.acc, r.n
	for k < 64 {
		if n < 32 {
			r.acc, r.n = acc, n
			r.fill()
			acc, n = r.acc, r.n
		}
		e := ac.run[acc>>(64-window)]
		if places := e >> runPlaces & 0xFF; e != 0 && k+places <= 64 {
			acc <<= e & 63
			n -= int(e & 63)
			if e&runEnds != 0 {
				break
			}
			k += places
			continue
		}
		r.acc, r.n = acc, n
		symbol, ok := ac.decode(r)
		if !ok {
			return false
		}
		size := int(symbol & 15)
		if r.n < size {
			r.fill()
		}
		r.skip(size)
		acc, n = r.acc, r.n
		if size == 0 && symbol != 0xF0 {
			return true
		}
		k += uint32(symbol>>4) + 1
	}
	r.acc, r.n = acc, n
	return k <= 64
}

// order is which of the lowest coefficients are kept for a reduced block, by their place in zigzag order: where to
// put them, or -1.
type order struct {
	to   [64]int8
	last int // the last place that is kept
}

// lows are the orders for blocks of 2 and of 4 samples a side.
var lows = [2]order{lowest(2), lowest(4)}

func lowest(side int) order {
	o := order{}
	for k := range 64 {
		x, y := int(zigzag[k]&7), int(zigzag[k]>>3)
		if x < side && y < side {
			o.to[k], o.last = int8(y*side+x), k
		} else {
			o.to[k] = -1
		}
	}
	return o
}

// zigzag is the place in the block, row by row, of each coefficient in the order of the data (ITU-T T.81, figure
// A.6).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
	28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
	47, 55, 62, 63,
}

// low decodes a block of which the lowest coefficients are kept in c, but the first, whose difference is returned.
func (r *reader) low(dc, ac *huffman, o *order, quant *[64]uint16, c *[16]int32) (diff int32, ok bool) {
	size, ok := dc.decode(r)
	if !ok || size > 15 {
		return 0, false
	}
	if r.n < 32 {
		r.fill()
	}
	diff = extend(r.take(int(size)), int(size))
	k := 1
	for ; k <= o.last; k++ {
		if r.n < 32 {
			r.fill()
		}
		symbol, ok := ac.decode(r)
		if !ok {
			return 0, false
		}
		size := int(symbol & 15)
		if size == 0 {
			if symbol == 0xF0 {
				k += 15
				continue
			}
			return diff, true
		}
		if k += int(symbol >> 4); k > 63 {
			return 0, false
		}
		if r.n < size {
			r.fill()
		}
		v := extend(r.take(size), size)
		if at := o.to[k]; at >= 0 {
			c[at&15] = v * int32(quant[k])
		}
		if k >= o.last {
			return diff, r.passOver(ac, uint32(k)+1)
		}
	}
	return diff, r.passOver(ac, uint32(k))
}
