package sound

import (
	"bytes"
	"encoding/binary"
	"math"
)

// Limits of an Ogg Vorbis stream: what encoders write keeps within by far.
const (
	maxPacket   = 1 << 20  // bytes of a packet of sound or of the setup
	maxComments = 32 << 20 // bytes of the words, which may hold a picture
	maxEntries  = 1 << 16  // of a codebook
	maxTables   = 1 << 20  // values of all codebooks
)

// pages is what a walk over an Ogg file finds.
type pages struct {
	setup  []byte // the third packet
	frames int64  // of the last page
	last   bool   // the last page says that it is
	end    int64  // behind it
}

// page is the head of a page.
type page struct {
	flags   byte
	granule int64
	serial  uint32
	lacing  []byte
	body    int64 // where it begins
	end     int64
}

// pageAt reads the head of the page at a place; false where none stands or not all of it is there.
func pageAt(w *window, at int64) (page, bool) {
	b := w.peek(at, 27+255)
	if len(b) < 28 || string(b[:4]) != "OggS" || b[4] != 0 || b[26] == 0 || len(b) < 27+int(b[26]) {
		return page{}, false
	}
	p := page{flags: b[5], lacing: b[27 : 27+int(b[26])], body: at + 27 + int64(b[26])}
	p.granule, p.serial = int64(binary.LittleEndian.Uint64(b[6:])), binary.LittleEndian.Uint32(b[14:])
	p.end = p.body
	for _, n := range p.lacing {
		p.end += int64(n)
	}
	return p, p.end <= w.size()
}

// walkPages goes over all pages of the first stream, bounds its packets and takes out its setup.
func walkPages(w *window) (pages, error) {
	var f pages
	first, ok := pageAt(w, 0)
	if !ok || !bytes.HasPrefix(w.peek(first.body, 7), []byte("\x01vorbis")) {
		return f, errShape
	}
	packet, length := 0, 0
	for p := first; ok; p, ok = pageAt(w, f.end) {
		if p.serial != first.serial {
			break // another stream: the first one's end is missing, or this is no plain sound
		}
		at := p.body
		for _, n := range p.lacing {
			length += int(n)
			if packet == 2 {
				f.setup = append(f.setup, w.peek(at, int(n))...)
			}
			at += int64(n)
			if length > maxPacket && (packet != 1 || length > maxComments) {
				return f, errShape
			}
			if n < 255 {
				packet, length = packet+1, 0
			}
		}
		f.end = p.end
		if p.granule > f.frames {
			f.frames = p.granule
		}
		if f.last = p.flags&4 != 0; f.last {
			break
		}
	}
	if packet < 4 {
		return f, errShape
	}
	return f, nil
}

// bits reads numbers of any width, the low bits first.
type bits struct {
	b  []byte
	at int
}

func (r *bits) read(n int) uint32 {
	var v uint32
	for i := range n {
		if at := r.at >> 3; at < len(r.b) {
			v |= uint32(r.b[at]>>(r.at&7)&1) << i
		}
		r.at++
	}
	return v
}

func (r *bits) over() bool { return r.at > 8*len(r.b) }

// checkSetup bounds the codebooks of a setup before the library allocates for them: it believes their sizes.
func checkSetup(packet []byte) error {
	if !bytes.HasPrefix(packet, []byte("\x05vorbis")) {
		return errShape
	}
	r := &bits{b: packet[7:]}
	left := uint64(maxTables)
	for range r.read(8) + 1 {
		values, ok := r.codebook()
		if !ok || r.over() || values > left {
			return errShape
		}
		left -= values
	}
	return nil
}

// codebook steps over one codebook and returns how many values it makes.
func (r *bits) codebook() (values uint64, ok bool) {
	if r.read(24) != 0x564342 {
		return 0, false
	}
	dims, entries := r.read(16), r.read(24)
	if dims == 0 || entries < 2 || entries > maxEntries || !r.lengths(entries) {
		return 0, false
	}
	product := uint64(dims) * uint64(entries)
	switch r.read(4) {
	case 0:
		return uint64(entries), true
	case 1:
		r.table(lookup(entries, dims))
	case 2:
		if product > maxTables {
			return 0, false
		}
		r.table(product)
	default:
		return 0, false
	}
	return product, true
}

// lengths steps over the lengths of the code words, of which one at least must be used: the library would look for
// a word in an empty tree for ever.
func (r *bits) lengths(entries uint32) bool {
	used := false
	if r.read(1) == 0 {
		sparse := r.read(1) == 1
		for range entries {
			if !sparse || r.read(1) == 1 {
				r.read(5)
				used = true
			}
		}
		return used
	}
	r.read(5)
	for at, rounds := uint32(0), 0; at < entries; rounds++ {
		n := r.read(width(entries - at))
		if rounds > 32 || n > entries-at {
			return false // with no progress the library would go round for ever
		}
		at += n
	}
	return true
}

// table steps over the values of a codebook.
func (r *bits) table(n uint64) {
	r.at += 64
	each := uint64(r.read(4) + 1)
	r.at += 1 + int(min(n*each, math.MaxInt32))
}

// width is how many bits a number takes.
func width(v uint32) int {
	n := 0
	for ; v > 0; v >>= 1 {
		n++
	}
	return n
}

// lookup is how many values a codebook of the first kind lists.
func lookup(entries, dims uint32) uint64 {
	return uint64(math.Floor(math.Pow(float64(entries), 1/float64(dims))))
}
