package jpegscale

import "encoding/binary"

// Markers (ITU-T T.81, table B.1).
const (
	sof0, sof1, sof2 = 0xC0, 0xC1, 0xC2
	dht, soi, eoi    = 0xC4, 0xD8, 0xD9
	sos, dqt, dri    = 0xDA, 0xDB, 0xDD
	rst0, rst7       = 0xD0, 0xD7
	app14            = 0xEE
)

// component is one colour of the picture.
type component struct {
	id     byte
	h, v   int // sampling factors
	side   int // samples of a reduced block
	table  int // of quantisation
	quant  [64]uint16
	fine   bool // reduced half as much as the others, as which it has as many samples then
	frozen bool // quant is what held when its first scan began
	wide   int  // blocks in a line, whole units
	high   int
	own    [2]int // blocks that hold something, across and down, for scans of this component alone
	plane  []byte // reduced samples
	stride int
	coeffs []int16 // of progressive pictures: each of each block, or only the first at an eighth
}

// decoder holds what the markers so far have said.
type decoder struct {
	data        []byte
	scale       int // 2, 4 or 8
	side        int // samples of a reduced block of the finest component: 8/scale
	w, h        int
	progressive bool
	comps       []component
	maxH, maxV  int
	mcusX       int
	mcusY       int
	quants      [4][64]uint16 // in zigzag order
	dc, ac      [4]huffman
	restart     int
	adobe       int // its transform, -1 where not said
	jfif        bool
	scanned     bool
	buf         []byte // of segments
	blocks      int    // decoded so far
}

// next returns the next marker and its body; the body is empty for those that have none.
func (d *decoder) next() (marker byte, body []byte, err error) {
	for len(d.data) >= 2 {
		if d.data[0] != 0xFF || d.data[1] == 0 {
			d.data = d.data[1:] // rubbish between segments, as other decoders allow
			continue
		}
		marker = d.data[1]
		if marker == 0xFF {
			d.data = d.data[1:]
			continue
		}
		d.data = d.data[2:]
		if marker == soi || marker == eoi || marker == 1 || marker >= rst0 && marker <= rst7 {
			return marker, nil, nil
		}
		if len(d.data) < 2 {
			break
		}
		size := int(binary.BigEndian.Uint16(d.data))
		if size < 2 || size > len(d.data) {
			break
		}
		body, d.data = d.data[2:size], d.data[size:]
		return marker, body, nil
	}
	return 0, nil, ErrBroken
}

func (d *decoder) segment(marker byte, body []byte) error {
	switch {
	case marker == sof0 || marker == sof1 || marker == sof2:
		d.progressive = marker == sof2
		return d.frame(body)
	case marker == dht:
		return d.huffmans(body)
	case marker == dqt:
		return d.quantisers(body)
	case marker == dri:
		if len(body) < 2 {
			return ErrBroken
		}
		d.restart = int(binary.BigEndian.Uint16(body))
	case marker == app14 && len(body) >= 12 && string(body[:5]) == "Adobe":
		d.adobe = int(body[11])
	case marker == 0xE0 && len(body) >= 5 && string(body[:5]) == "JFIF\x00":
		d.jfif = true
	case marker >= 0xC3 && marker <= 0xCF && marker != dht && marker != 0xC8 && marker != 0xCC:
		return ErrUnsupported // lossless, hierarchical, arithmetic
	}
	return nil
}

// frame reads the size and the components.
func (d *decoder) frame(body []byte) error {
	if d.comps != nil || len(body) < 6 || len(body) < 6+3*int(body[5]) {
		return ErrBroken
	}
	if body[0] != 8 {
		return ErrUnsupported
	}
	d.h, d.w = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	n := int(body[5])
	if d.w == 0 || d.h == 0 || n != 1 && n != 3 && n != 4 {
		return ErrUnsupported // a height that comes later, or odd numbers of colours
	}
	comps := make([]component, n)
	for i := range comps {
		b := body[6+3*i:]
		c := component{id: b[0], h: int(b[1] >> 4), v: int(b[1] & 15), table: int(b[2])}
		if c.h < 1 || c.v < 1 || c.table > 3 {
			return ErrBroken
		}
		if c.h > 2 || c.v > 2 {
			return ErrUnsupported
		}
		for _, other := range comps[:i] {
			if other.id == c.id {
				return ErrBroken
			}
		}
		comps[i] = c
	}
	if n == 1 {
		comps[0].h, comps[0].v = 1, 1 // means nothing where there is nothing to compare with
	}
	d.comps = comps
	return d.layOut()
}

// layOut computes how many blocks each component has.
func (d *decoder) layOut() error {
	for _, c := range d.comps {
		d.maxH, d.maxV = max(d.maxH, c.h), max(d.maxV, c.v)
	}
	if first := d.comps[0]; first.h != d.maxH || first.v != d.maxV {
		return ErrUnsupported // the first component is the finest in all that cameras and programs write
	}
	d.mcusX, d.mcusY = ceil(d.w, 8*d.maxH), ceil(d.h, 8*d.maxV)
	for i := range d.comps {
		c := &d.comps[i]
		c.wide, c.high = d.mcusX*c.h, d.mcusY*c.v
		c.own = [2]int{ceil(ceil(d.w*c.h, d.maxH), 8), ceil(ceil(d.h*c.v, d.maxV), 8)}
		c.side = d.side
		if d.scale > 2 && 2*c.h == d.maxH && 2*c.v == d.maxV {
			c.side, c.fine = 2*d.side, true // colours stored at half size need be reduced by half as much
		}
		c.stride = c.wide * c.side
	}
	return nil
}

// reserve takes the memory of the planes, once a scan has begun.
func (d *decoder) reserve() {
	for i := range d.comps {
		c := &d.comps[i]
		if c.plane != nil {
			continue
		}
		c.plane = make([]byte, c.stride*c.high*c.side)
		if d.progressive {
			c.coeffs = make([]int16, c.wide*c.high*c.kept())
		}
	}
}

// kept is how many coefficients of each block of a progressive picture are kept: for a block of one sample the
// first is all.
func (c *component) kept() int {
	if c.side == 1 {
		return 1
	}
	return 64
}

func ceil(a, b int) int { return (a + b - 1) / b }

func (d *decoder) huffmans(body []byte) error {
	for len(body) > 0 {
		if len(body) < 17 {
			return ErrBroken
		}
		class, slot, total := body[0]>>4, body[0]&15, 0
		for _, n := range body[1:17] {
			total += int(n)
		}
		if class > 1 || slot > 3 || total > 256 || len(body) < 17+total {
			return ErrBroken
		}
		table := &d.dc[slot]
		if class == 1 {
			table = &d.ac[slot]
		}
		if !table.build(body[1:17], body[17:17+total]) {
			return ErrBroken
		}
		body = body[17+total:]
	}
	return nil
}

func (d *decoder) quantisers(body []byte) error {
	for len(body) > 0 {
		wide, slot := int(body[0]>>4), body[0]&15
		if wide > 1 || slot > 3 || len(body) < 1+64*(wide+1) {
			return ErrBroken
		}
		for i := range 64 {
			if wide == 0 {
				d.quants[slot][i] = uint16(body[1+i])
			} else {
				d.quants[slot][i] = binary.BigEndian.Uint16(body[1+2*i:])
			}
		}
		body = body[1+64*(wide+1):]
	}
	return nil
}
