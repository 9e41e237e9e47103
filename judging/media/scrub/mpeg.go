package scrub

import (
	"bytes"
	"encoding/binary"
)

// isMPEG recognises sound in frames (MP3, AAC), with or without a tag before it.
func isMPEG(head []byte) bool {
	return bytes.HasPrefix(head, []byte("ID3")) ||
		len(head) > 2 && head[0] == 0xFF && head[1]&0xE0 == 0xE0 && head[1] < 0xFE
}

// cleanMPEG copies the frames between the tags: ID3v2, APE and Lyrics3 before or after them, ID3v1 at the end.
func cleanMPEG(j *job) error {
	from, to := int64(0), j.size
	for {
		n, err := j.id3At(from, to)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		j.lost(Author, Title, Preview)
		from = min(from+n, to)
	}
	for {
		n, err := j.tagBefore(from, to)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		j.lost(Author, Title)
		to = max(to-n, from)
	}
	from, err := j.frameFrom(from, to)
	if err != nil {
		return err
	}
	return j.copyRange(from, to-from)
}

// frameFrom finds the first frame: some programs leave room between their tag and the sound.
func (j *job) frameFrom(from, to int64) (int64, error) {
	const room = 1 << 20
	b, err := j.bytesAt(from, int(min(max(to-from, 0), room)))
	if err != nil {
		return 0, err
	}
	for i := range b {
		if isMPEG(b[i:min(i+3, len(b))]) && b[i] == 0xFF {
			return from + int64(i), nil
		}
	}
	return 0, errBroken
}

// id3At returns how long the ID3v2 or APE tag at from is, 0 for none.
func (j *job) id3At(from, to int64) (int64, error) {
	if to-from < 32 {
		return 0, nil
	}
	h, err := j.bytesAt(from, 32)
	if err != nil {
		return 0, err
	}
	switch {
	case string(h[:3]) == "ID3":
		n := int64(h[6]&0x7F)<<21 | int64(h[7]&0x7F)<<14 | int64(h[8]&0x7F)<<7 | int64(h[9]&0x7F)
		if h[5]&0x10 != 0 {
			n += 10 // a footer
		}
		return n + 10, nil
	case string(h[:8]) == "APETAGEX":
		return int64(binary.LittleEndian.Uint32(h[12:])) + 32, nil
	}
	return 0, nil
}

// tagBefore returns how long the tag that ends at to is, 0 for none.
func (j *job) tagBefore(from, to int64) (int64, error) {
	tail, err := j.bytesAt(max(from, to-128), int(min(to-from, 128)))
	if err != nil {
		return 0, err
	}
	n := len(tail)
	switch {
	case n == 128 && string(tail[:3]) == "TAG":
		return 128, nil
	case n >= 32 && string(tail[n-32:n-24]) == "APETAGEX":
		size := int64(binary.LittleEndian.Uint32(tail[n-20:]))
		if binary.LittleEndian.Uint32(tail[n-12:])&(1<<31) != 0 {
			size += 32 // a header
		}
		return max(size, 32), nil
	case n >= 15 && string(tail[n-9:]) == "LYRICS200":
		size := int64(0)
		for _, c := range tail[n-15 : n-9] {
			if c < '0' || c > '9' {
				return 0, errBroken
			}
			size = size*10 + int64(c-'0')
		}
		return size + 15, nil
	case n >= 10 && string(tail[n-10:n-7]) == "3DI":
		t := tail[n-10:]
		return 20 + int64(t[6]&0x7F)<<21 + int64(t[7]&0x7F)<<14 + int64(t[8]&0x7F)<<7 + int64(t[9]&0x7F), nil
	}
	return 0, nil
}

// cleanFLAC keeps what a player needs to know of the sound, and where to seek (RFC 9639).
func cleanFLAC(j *job) error {
	const streamInfo, seekTable, last = 0, 3, 0x80
	traces := map[byte]Trace{2: Unnamed, 4: Author, 5: Title, 6: Preview}
	var kept [][]byte
	at := int64(4)
	for done := false; !done; {
		h, err := j.bytesAt(at, 4)
		if err != nil {
			return err
		}
		n := int(h[1])<<16 | int(h[2])<<8 | int(h[3])
		done = h[0]&last != 0
		kind := h[0] &^ last
		if kind == streamInfo || kind == seekTable {
			b, err := j.bytesAt(at, 4+n)
			if err != nil {
				return err
			}
			b[0] = kind
			kept = append(kept, b)
		} else if t, ok := traces[kind]; ok {
			j.lost(t)
		}
		at += 4 + int64(n)
	}
	if len(kept) == 0 {
		return errBroken
	}
	kept[len(kept)-1][0] |= last
	if err := j.write(append([][]byte{[]byte("fLaC")}, kept...)...); err != nil {
		return err
	}
	end := j.size
	if n, err := j.tagBefore(at, end); err == nil && n > 0 {
		end = max(end-n, at)
	}
	return j.copyRange(at, end-at)
}
