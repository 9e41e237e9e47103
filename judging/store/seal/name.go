package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// A name is a table, a mark, and parts that signs divide (see the keys of a table in package store). Parts that are
// numbers of the program's own stand as they are; so do tables and indexes. Any other part is stored as
//
//	ff length(2) sum(12) cipher(length)
//
// where sum, an HMAC of the whole name up to the end of the part, starts the cipher's counter and proves the part when
// it is read. Only the first parts are taken one by one, so that a long name stays a short multiple of itself.
const (
	hiddenMark = 0xff
	sumSize    = 12
	hiddenHead = 1 + 2 + sumSize
	padTo      = 16 // bytes
	mostParts  = 8
	mostSerial = 9 // digits
	mostTable  = 64
)

func divides(c byte) bool { return c == 0 || c == 1 || c == '/' }

// Name returns the stored form of a name.
func (k *Key) Name(name []byte) []byte {
	out, from := k.Start(name)
	return k.part(out, name, from, len(name))
}

// Start returns the stored form of the parts of prefix that are complete, and how much of prefix they are: what
// follows may be the start of a part.
func (k *Key) Start(prefix []byte) (stored []byte, complete int) {
	stored = make([]byte, 0, len(prefix)+2*(hiddenHead+padTo))
	from := 0
	for parts := 0; parts < mostParts; parts++ {
		end := from
		for end < len(prefix) && !divides(prefix[end]) {
			end++
		}
		if end == len(prefix) {
			break
		}
		stored = k.part(stored, prefix, from, end)
		stored = append(stored, prefix[end])
		from = end + 1
	}
	return stored, from
}

// part appends the stored form of name[from:to].
func (k *Key) part(out, name []byte, from, to int) []byte {
	if from == to || serial(name[from:to]) || structural(name, from, to) {
		return append(out, name[from:to]...)
	}
	return k.hide(out, name[:to], from)
}

// serial reports whether a part is a number of the program's own: at most two letters and at most nine digits.
func serial(part []byte) bool {
	n := 0
	for n < len(part) && n < 2 && part[n] >= 'a' && part[n] <= 'z' {
		n++
	}
	digits := part[n:]
	if len(digits) == 0 || len(digits) > mostSerial {
		return false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// structural reports whether name[from:to] names a table, or an index behind it.
func structural(name []byte, from, to int) bool {
	if to == len(name) || to-from > mostTable || name[to] == '/' {
		return false
	}
	if from > 0 && (name[from-1] != 1 || name[to] != 0 || bytes.ContainsAny(name[:from-1], "\x00\x01/")) {
		return false
	}
	for _, c := range name[from:to] {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// hide appends the hidden form of the last part of name, which begins at from.
func (k *Key) hide(out, name []byte, from int) []byte {
	padded := append(bytes.Clone(name[from:]), 0x80)
	for len(padded)%padTo != 0 {
		padded = append(padded, 0)
	}
	sum := k.sum(name, from)
	out = append(out, hiddenMark)
	out = binary.BigEndian.AppendUint16(out, uint16(len(padded)))
	out = append(out, sum[:]...)
	k.crypt(padded, sum)
	return append(out, padded...)
}

// crypt enciphers a part in place, or deciphers it.
func (k *Key) crypt(part []byte, sum [sumSize]byte) {
	var counter [aes.BlockSize]byte
	copy(counter[:], sum[:])
	cipher.NewCTR(k.names, counter[:]).XORKeyStream(part, part)
}

// sum is the start of an HMAC of a name and of where its last part begins.
func (k *Key) sum(name []byte, from int) [sumSize]byte {
	h := hmac.New(sha256.New, k.macs)
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(from)))
	h.Write(name)
	var all [sha256.Size]byte
	h.Sum(all[:0])
	return [sumSize]byte(all[:sumSize])
}

// Hidden reports whether a stored name, or what follows the start of one, has a hidden part.
func Hidden(stored []byte) bool { return bytes.IndexByte(stored, hiddenMark) >= 0 }

// HiddenStart is how the hidden parts behind the start of a stored name begin.
func HiddenStart(start []byte) []byte { return append(bytes.Clone(start), hiddenMark) }

// Plain returns the name within stored, and whether it is as it was written.
func (k *Key) Plain(stored []byte) (name []byte, whole bool) {
	name = make([]byte, 0, len(stored))
	for at := 0; at < len(stored); {
		if stored[at] == hiddenMark {
			var size int
			if name, size, whole = k.show(name, stored[at:]); !whole {
				return name, false
			}
			at += size
			if at < len(stored) && !divides(stored[at]) {
				return name, false
			}
		}
		for at < len(stored) && !divides(stored[at]) {
			name = append(name, stored[at])
			at++
		}
		if at < len(stored) {
			name = append(name, stored[at])
			at++
		}
	}
	return name, true
}

// show appends the part hidden at the start of stored to name, and returns how long its hidden form is.
func (k *Key) show(name, stored []byte) (longer []byte, size int, whole bool) {
	if len(stored) < hiddenHead {
		return name, 0, false
	}
	size = hiddenHead + int(binary.BigEndian.Uint16(stored[1:3]))
	if size == hiddenHead || size%padTo != hiddenHead%padTo || size > len(stored) {
		return name, 0, false
	}
	sum, from := [sumSize]byte(stored[3:hiddenHead]), len(name)
	padded := bytes.Clone(stored[hiddenHead:size])
	k.crypt(padded, sum)
	end := bytes.LastIndexByte(padded, 0x80)
	if end < 0 {
		return name, 0, false
	}
	longer = append(name, padded[:end]...)
	want := k.sum(longer, from)
	return longer, size, hmac.Equal(sum[:], want[:])
}
