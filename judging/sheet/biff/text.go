package biff

import (
	"unicode/utf16"

	"golang.org/x/text/encoding"
)

// textReader reads strings that may run over into the records that continue the first.
type textReader struct {
	parts [][]byte
	at    int               // within parts[0]
	bytes encoding.Encoding // of BIFF5, whose texts are bytes without options; nil: BIFF8
}

// need returns the next n bytes, which must not be cut by a record's end.
func (t *textReader) need(n int) ([]byte, error) {
	t.advance()
	if len(t.parts) == 0 || len(t.parts[0])-t.at < n {
		return nil, errRecords
	}
	t.at += n
	return t.parts[0][t.at-n : t.at], nil
}

// advance goes on to the next record at the end of one.
func (t *textReader) advance() (crossed bool) {
	for len(t.parts) > 1 && t.at >= len(t.parts[0]) {
		t.parts, t.at, crossed = t.parts[1:], 0, true
	}
	return crossed
}

// plain reads a string with a 16-bit length.
func (t *textReader) plain() (string, error) {
	n, err := t.need(2)
	if err != nil {
		return "", err
	}
	return t.chars(int(u16(n)))
}

// chars reads the option byte and n characters.
func (t *textReader) chars(n int) (string, error) {
	if t.bytes != nil {
		raw, err := t.need(n)
		if err != nil {
			return "", err
		}
		text, err := t.bytes.NewDecoder().Bytes(raw)
		return string(text), err
	}
	flags, err := t.need(1)
	if err != nil {
		return "", err
	}
	return t.text(n, flags[0]&1 != 0)
}

// rich reads a string of the shared table, dropping its fonts and phonetic reading.
func (t *textReader) rich() (string, error) {
	head, err := t.need(3)
	if err != nil {
		return "", err
	}
	n, flags, skip := int(u16(head)), head[2], 0
	if flags&8 != 0 {
		runs, err := t.need(2)
		if err != nil {
			return "", err
		}
		skip += 4 * int(u16(runs))
	}
	if flags&4 != 0 {
		size, err := t.need(4)
		if err != nil {
			return "", err
		}
		skip += int(u32(size))
	}
	s, err := t.text(n, flags&1 != 0)
	if err != nil {
		return "", err
	}
	return s, t.skip(skip)
}

// text reads n characters of one or two bytes. A record that continues the string says again which.
func (t *textReader) text(n int, double bool) (string, error) {
	units := make([]uint16, 0, min(n, 1<<15))
	for len(units) < n {
		if t.advance() {
			flags, err := t.need(1)
			if err != nil {
				return "", err
			}
			double = flags[0]&1 != 0
		}
		size := 1
		if double {
			size = 2
		}
		b, err := t.need(size)
		if err != nil {
			return "", err
		}
		if double {
			units = append(units, u16(b))
		} else {
			units = append(units, uint16(b[0]))
		}
	}
	return string(utf16.Decode(units)), nil
}

func (t *textReader) skip(n int) error {
	for n > 0 {
		t.advance()
		if len(t.parts) == 0 || t.at >= len(t.parts[0]) {
			return errRecords
		}
		step := min(n, len(t.parts[0])-t.at)
		t.at, n = t.at+step, n-step
	}
	return nil
}
