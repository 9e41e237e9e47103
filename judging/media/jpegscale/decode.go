package jpegscale

import "image"

// Info is what the head of a JPEG says.
type Info struct {
	Width, Height int // pixels
	Progressive   bool

	comps []component
}

// Memory is how many bytes Decode takes at scale 2, 4 or 8, besides the data itself.
func (i Info) Memory(scale int) int64 {
	d := decoder{scale: scale, side: 8 / scale, w: i.Width, h: i.Height, comps: append([]component(nil), i.comps...)}
	if d.layOut() != nil {
		return 0
	}
	sum := int64(0)
	for _, c := range d.comps {
		each := c.side * c.side
		if i.Progressive {
			each += 2 * c.kept()
		}
		sum += int64(c.wide) * int64(c.high) * int64(each)
	}
	return sum
}

// Config reads the head of a JPEG. Errors: ErrBroken, ErrUnsupported.
func Config(data []byte) (Info, error) {
	d := decoder{data: data, scale: 8, side: 1, adobe: -1}
	for d.comps == nil {
		marker, body, err := d.next()
		if err != nil || marker == sos || marker == eoi {
			return Info{}, ErrBroken
		}
		if marker == dht {
			continue // not needed yet, and expensive to build
		}
		if err := d.segment(marker, body); err != nil {
			return Info{}, err
		}
	}
	return Info{d.w, d.h, d.progressive, d.comps}, nil
}

// Decode returns the picture at one scale-th of its size, rounded up; scale is 2, 4 or 8. Grey pictures are
// *image.Gray, those in colour *image.YCbCr or, when they are stored so, *image.RGBA, those of printers
// *image.CMYK. Errors: ErrBroken, ErrUnsupported, and then no picture.
func Decode(data []byte, scale int) (image.Image, error) {
	if scale != 2 && scale != 4 && scale != 8 || len(data) < 2 || data[0] != 0xFF || data[1] != soi {
		return nil, ErrUnsupported
	}
	d := decoder{data: data, scale: scale, side: 8 / scale, adobe: -1}
	for {
		marker, body, err := d.next()
		if err != nil && d.whole() {
			break // the end is missing, the picture is there
		}
		if err != nil {
			return nil, err
		}
		if marker == eoi {
			break
		}
		if marker == sos {
			err = d.scan(body)
		} else {
			err = d.segment(marker, body)
		}
		if err != nil {
			return nil, err
		}
	}
	if !d.scanned {
		return nil, ErrBroken
	}
	if d.progressive {
		d.finish()
	}
	return d.picture()
}

// whole reports whether a baseline picture has all its blocks.
func (d *decoder) whole() bool {
	if d.progressive {
		return d.scanned
	}
	return d.scanned && d.blocks >= d.wanted()
}

// wanted is how many blocks the picture has.
func (d *decoder) wanted() int {
	n := 0
	for _, c := range d.comps {
		n += c.own[0] * c.own[1]
	}
	return n
}

// scan decodes the scan that a SOS segment begins.
func (d *decoder) scan(body []byte) error {
	if d.comps == nil || len(body) < 1 || len(body) < 4+2*int(body[0]) {
		return ErrBroken
	}
	n := int(body[0])
	if n < 1 || n > len(d.comps) {
		return ErrBroken
	}
	s := scan{decoder: d, parts: make([]part, n)}
	for i := range n {
		if err := s.choose(&s.parts[i], body[1+2*i], body[2+2*i]); err != nil {
			return err
		}
	}
	for i := range s.parts {
		for k := range i {
			if s.parts[k].comp == s.parts[i].comp {
				return ErrBroken
			}
		}
	}
	tail := body[1+2*n:]
	s.from, s.to, s.high, s.low = int(tail[0]), int(tail[1]), uint(tail[2]>>4), uint(tail[2]&15)
	if d.progressive &&
		(s.from > s.to || s.to > 63 || s.low > 13 || s.from == 0 && s.to != 0 || s.from > 0 && n > 1 ||
			s.high > 0 && s.high != s.low+1) {
		return ErrBroken
	}
	d.reserve()
	d.scanned = true
	return s.run()
}

// part is a component's share in a scan.
type part struct {
	comp   *component
	dc, ac *huffman
	last   int32 // the DC before
}

// scan is one pass over the picture.
type scan struct {
	*decoder

	parts     []part
	from, to  int // of the coefficients, in zigzag order
	high, low uint
	r         reader
	skipped   int // blocks still without coefficients in this band
}

func (s *scan) choose(p *part, id, tables byte) error {
	for i := range s.comps {
		if s.comps[i].id == id {
			p.comp = &s.comps[i]
		}
	}
	if p.comp == nil || tables>>4 > 3 || tables&15 > 3 {
		return ErrBroken
	}
	if !p.comp.frozen {
		p.comp.frozen, p.comp.quant = true, s.quants[p.comp.table]
	}
	p.dc, p.ac = &s.dc[tables>>4], &s.ac[tables&15]
	return nil
}

// run goes through the units of the scan, from one restart marker to the next.
func (s *scan) run() error {
	if s.progressive && s.from > 0 && s.parts[0].comp.kept() == 1 {
		return s.pass()
	}
	if !s.ready() {
		return ErrBroken
	}
	for _, p := range s.parts {
		if !s.progressive {
			p.ac.countRuns()
		}
	}
	across, down := s.mcusX, s.mcusY
	if len(s.parts) == 1 {
		across, down = s.parts[0].comp.own[0], s.parts[0].comp.own[1]
	}
	each := across * down
	if s.restart > 0 {
		each = s.restart
	}
	for at := 0; at < across*down; at += each {
		if at > 0 && !s.resume() {
			return ErrBroken
		}
		if err := s.interval(at, min(at+each, across*down), across); err != nil {
			return err
		}
	}
	return nil
}

// ready reports whether the tables that the scan needs are there.
func (s *scan) ready() bool {
	for _, p := range s.parts {
		if (!s.progressive || s.from == 0 && s.high == 0) && !p.dc.set || (!s.progressive || s.from > 0) && !p.ac.set {
			return false
		}
	}
	return true
}

// pass goes to the end of a scan that holds nothing of interest.
func (s *scan) pass() error {
	for {
		var seg segment
		seg, s.data = cut(s.buf, s.data)
		s.buf = seg.data
		if len(s.data) < 2 || s.data[1] < rst0 || s.data[1] > rst7 {
			return nil
		}
		s.data = s.data[2:]
	}
}

// resume goes behind the restart marker that must come now.
func (s *scan) resume() bool {
	for len(s.data) > 2 && s.data[0] == 0xFF && s.data[1] == 0xFF {
		s.data = s.data[1:]
	}
	if len(s.data) < 2 || s.data[1] < rst0 || s.data[1] > rst7 {
		return false
	}
	s.data = s.data[2:]
	return true
}

// interval decodes the units from one to another with the data up to the next marker.
func (s *scan) interval(from, to, across int) error {
	seg, rest := cut(s.buf, s.data)
	s.buf, s.data = seg.data, rest
	s.r, s.skipped = newReader(seg), 0
	for i := range s.parts {
		s.parts[i].last = 0
	}
	x, y := from%across, from/across
	for range to - from {
		if !s.unit(x, y) {
			return ErrBroken
		}
		if x++; x == across {
			x, y = 0, y+1
			if s.r.over() {
				return ErrBroken
			}
		}
	}
	if s.r.over() {
		return ErrBroken
	}
	return nil
}

// unit decodes one unit: a block, or with several components the blocks of each that cover the same place.
func (s *scan) unit(x, y int) bool {
	if len(s.parts) == 1 {
		s.blocks++
		return s.block(&s.parts[0], x, y)
	}
	for i := range s.parts {
		p := &s.parts[i]
		for v := range p.comp.v {
			for h := range p.comp.h {
				s.blocks++
				if !s.block(p, x*p.comp.h+h, y*p.comp.v+v) {
					return false
				}
			}
		}
	}
	return true
}

func (s *scan) block(p *part, x, y int) bool {
	switch {
	case s.progressive:
		return s.progress(p, x, y)
	case p.comp.side == 1:
		diff, ok := s.r.mean(p.dc, p.ac)
		p.last += diff
		p.comp.plane[y*p.comp.stride+x] = sample(p.last * int32(p.comp.quant[0]))
		return ok
	}
	var c [16]int32
	diff, ok := s.r.low(p.dc, p.ac, &lows[p.comp.side>>2], &p.comp.quant, &c)
	p.last += diff
	c[0] = p.last * int32(p.comp.quant[0])
	p.comp.paint(x, y, &c)
	return ok
}
