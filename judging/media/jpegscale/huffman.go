package jpegscale

// window is how many bits are looked up at once.
const window = 12

// huffman is one table of codes with what is needed to decode quickly.
type huffman struct {
	set    bool
	counts bool                // run is filled
	one    [1 << window]uint16 // symbol<<8 | bits of its code; 0 where the code is longer than the window or none
	run    [1 << window]uint32 // several symbols of AC at once, see counted
	first  [17]int32           // of each length: the first code
	count  [17]int32           // and how many there are
	index  [17]int32           // and where their symbols begin
	value  [256]byte
}

// Fields of an entry of run: bits to skip, places of the block that are passed (the end of the block counts one),
// whether the block ends. 0 where not even one symbol with its value lies in the window.
const (
	runBits   = 0xFF
	runPlaces = 8
	runEnds   = 1 << 16
)

// build makes the table of the 16 counts and the symbols of a DHT segment. It reports whether they make a code.
func (h *huffman) build(counts, symbols []byte) bool {
	*h = huffman{set: true}
	copy(h.value[:], symbols)
	code, at := int32(0), int32(0)
	for length := 1; length <= 16; length++ {
		n := int32(counts[length-1])
		h.first[length], h.count[length], h.index[length] = code, n, at
		if code+n > 1<<length {
			return false
		}
		if length <= window {
			for i := range n {
				h.place(code+i, length, symbols[at+i])
			}
		}
		code, at = (code+n)<<1, at+n
	}
	return true
}

// countRuns fills run, once: it takes longer than all the rest, and a file may have many tables that nothing uses.
func (h *huffman) countRuns() {
	if h.counts {
		return
	}
	h.counts = true
	for i := range h.run {
		h.run[i] = h.counted(uint32(i))
	}
}

// place writes a symbol to all entries that begin with its code.
func (h *huffman) place(code int32, length int, symbol byte) {
	from := code << (window - length)
	for i := range int32(1) << (window - length) {
		h.one[from+i] = uint16(symbol)<<8 | uint16(length)
	}
}

// counted walks over as many whole AC symbols and their values as lie in the window's bits.
func (h *huffman) counted(bits uint32) uint32 {
	used, places := uint32(0), uint32(0)
	for {
		e := h.one[bits<<used&(1<<window-1)]
		length, symbol := uint32(e&0xFF), uint32(e>>8)
		need := length + symbol&15
		if e == 0 || used+need > window {
			break
		}
		used += need
		switch {
		case symbol&15 != 0:
			places += symbol>>4 + 1
		case symbol == 0xF0:
			places += 16
		default:
			return runEnds | (places+1)<<runPlaces | used
		}
		if places > 63 {
			break
		}
	}
	return places<<runPlaces | used
}

// decode reads one symbol; ok is false where no code fits.
func (h *huffman) decode(r *reader) (symbol byte, ok bool) {
	if r.n < 16 {
		r.fill()
	}
	if e := h.one[r.acc>>(64-window)]; e != 0 {
		r.skip(int(e & 0xFF))
		return byte(e >> 8), true
	}
	return h.long(r)
}

// long decodes a code longer than the window.
func (h *huffman) long(r *reader) (byte, bool) {
	for length := window + 1; length <= 16; length++ {
		code := int32(r.acc >> (64 - uint(length)))
		if i := code - h.first[length]; i >= 0 && i < h.count[length] {
			r.skip(length)
			return h.value[h.index[length]+i], true
		}
	}
	return 0, false
}
