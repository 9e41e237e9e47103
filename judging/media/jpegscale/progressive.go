package jpegscale

// progress decodes what a scan of a progressive picture says of one block (ITU-T T.81, G.1.2 and G.2).
func (s *scan) progress(p *part, x, y int) bool {
	kept := p.comp.kept()
	at := (y*p.comp.wide + x) * kept
	b := p.comp.coeffs[at : at+kept]
	switch {
	case s.from == 0 && s.high == 0:
		size, ok := p.dc.decode(&s.r)
		if !ok || size > 15 {
			return false
		}
		if s.r.n < 32 {
			s.r.fill()
		}
		p.last += extend(s.r.take(int(size)), int(size))
		b[0] = int16(p.last << s.low)
		return true
	case s.from == 0:
		if s.r.bit() {
			b[0] |= 1 << s.low
		}
		return true
	case s.high == 0:
		return s.firstBand(p.ac, b)
	}
	return s.refineBand(p.ac, b)
}

// firstBand decodes the coefficients of a band for the first time.
func (s *scan) firstBand(ac *huffman, b []int16) bool {
	if s.skipped > 0 {
		s.skipped--
		return true
	}
	r := &s.r
	for k := s.from; k <= s.to; k++ {
		symbol, ok := ac.decode(r)
		if !ok {
			return false
		}
		run, size := int(symbol>>4), int(symbol&15)
		if r.n < 32 {
			r.fill()
		}
		if size == 0 && run < 15 {
			s.skipped = 1<<run - 1 + int(r.take(run))
			return true
		}
		if k += run; k > 63 {
			return false
		}
		if size > 0 {
			b[k] = int16(extend(r.take(size), size) << s.low)
		}
	}
	return true
}

// refineBand adds a bit to the coefficients of a band: those that are not zero get a correction, some that are zero
// become something.
func (s *scan) refineBand(ac *huffman, b []int16) bool {
	r := &s.r
	k := s.from
	for s.skipped == 0 && k <= s.to {
		symbol, ok := ac.decode(r)
		if !ok {
			return false
		}
		run, size := int(symbol>>4), int(symbol&15)
		if r.n < 32 {
			r.fill()
		}
		var fresh int16
		switch {
		case size == 0 && run < 15:
			s.skipped = 1<<run + int(r.take(run))
		case size == 1:
			if fresh = -1 << s.low; r.take(1) == 1 {
				fresh = 1 << s.low
			}
		case size > 1:
			return false
		}
		if s.skipped > 0 {
			break
		}
		k = s.correct(b, k, run)
		if fresh != 0 {
			if k > s.to {
				return false
			}
			b[k] = fresh
		}
		k++
	}
	if s.skipped > 0 {
		s.skipped--
		s.correct(b, k, 64)
	}
	return true
}

// correct refines what is not zero from place k on and stops at the zero after run others, whose place it returns.
func (s *scan) correct(b []int16, k, run int) int {
	step := int16(1) << s.low
	for ; k <= s.to; k++ {
		if b[k] == 0 {
			if run == 0 {
				break
			}
			run--
			continue
		}
		if s.r.bit() {
			if b[k] > 0 {
				b[k] += step
			} else {
				b[k] -= step
			}
		}
	}
	return k
}

// finish turns the coefficients of a progressive picture into samples.
func (d *decoder) finish() {
	for i := range d.comps {
		c := &d.comps[i]
		if c.coeffs == nil {
			continue
		}
		kept := c.kept()
		for n := range c.wide * c.high {
			x, y, b := n%c.wide, n/c.wide, c.coeffs[n*kept:]
			if c.side == 1 {
				c.plane[y*c.stride+x] = sample(int32(b[0]) * int32(c.quant[0]))
				continue
			}
			var low [16]int32
			o := &lows[c.side>>2]
			for k := range o.last + 1 {
				if at := o.to[k]; at >= 0 {
					low[at&15] = int32(b[k]) * int32(c.quant[k])
				}
			}
			c.paint(x, y, &low)
		}
	}
}
