package media

// The elements of a Matroska file that hold all others.
const (
	segment = 0x18538067
	cluster = 0x1F43B675
)

// matroska walks over the outer elements and, where the whole does not say how long it is, over those in it.
func (f *pieces) matroska() bool {
	at := int64(0)
	for n := 0; at < f.size && n < maxPieces; n++ {
		id, size, body, ok := f.element(at)
		switch {
		case !ok:
			return true
		case size < 0 && (id == segment || id == cluster):
			at = body // a live recording: what is in it says where it ends
		case size < 0:
			return false
		default:
			at = body + size
		}
	}
	return at > f.size
}

// element reads the head of an element: its name, how long its body is, -1 for not known, and where that begins.
func (f *pieces) element(at int64) (id uint32, size, body int64, ok bool) {
	b := f.at(at, 12)
	n := width(b[0])
	if n > 4 || at+int64(n) >= f.size {
		return 0, 0, 0, false
	}
	for _, c := range b[:n] {
		id = id<<8 | uint32(c)
	}
	m := width(b[n])
	if m > 8 || at+int64(n+m) > f.size {
		return 0, 0, 0, false
	}
	size = int64(b[n]) & (1<<(8-m) - 1)
	unknown := size == 1<<(8-m)-1
	for _, c := range b[n+1 : n+m] {
		size, unknown = size<<8|int64(c), unknown && c == 0xFF
	}
	if unknown {
		size = -1
	}
	return id, size, at + int64(n+m), true
}

// width is how many bytes a number takes, by its first one; 9 for none.
func width(first byte) int {
	n := 1
	for ; n < 9 && first&(1<<(8-n)) == 0; n++ {
	}
	return n
}
