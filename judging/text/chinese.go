package text

import (
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Big5 is the encoding of texts from Taiwan and Hong Kong that are not in Unicode.
var Big5 encoding.Encoding = traditionalchinese.Big5

// sampleSize is how much of a text decides between encodings whose bytes both fit, in bytes.
const sampleSize = 64 << 10

// ChineseEncoding tells by its bytes in which encoding a Chinese text is: UTF-8, GB18030 or Big5; nil where the bytes
// look like none of them, or are all ASCII. sample may end within a character.
func ChineseEncoding(sample []byte) encoding.Encoding {
	p := countPairs(sample)
	switch {
	case p.high == 0:
		return nil
	case utf8.Valid(wholeRunes(sample)):
		return unicode.UTF8
	case p.big5():
		return Big5
	case p.odd*8 < p.high && p.simple*2 > p.all:
		return GB18030
	}
	return nil
}

// pairs counts the bytes of a text as characters of two bytes.
type pairs struct {
	high   int // bytes above ASCII
	odd    int // such bytes that begin no pair
	all    int
	simple int // pairs of GB 2312: both bytes from A1 on
	common int // pairs that begin as punctuation and the common half of Big5 do
}

// big5 reports whether a text is rather Big5 than GB18030. Nearly all Big5 texts decode as GB18030 too, as rare
// characters: but two of five characters of Big5 have a second byte below 80, which texts in GB 2312 never have.
func (p pairs) big5() bool {
	return p.all > 0 && p.odd == 0 && p.simple*5 < p.all*4 && p.common*10 >= p.all*9
}

func countPairs(sample []byte) (p pairs) {
	for i := 0; i < len(sample); i++ {
		if sample[i] < 0x80 {
			continue
		}
		p.high++
		if i+1 == len(sample) {
			break
		}
		lead, trail := sample[i], sample[i+1]
		if lead < 0x81 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF {
			p.odd++
			continue
		}
		if trail >= 0x80 {
			p.high++
		}
		i++
		p.all++
		if lead >= 0xA1 && trail >= 0xA1 {
			p.simple++
		}
		if lead >= 0xA1 && lead <= 0xC6 && (trail < 0x7F || trail >= 0xA1) {
			p.common++
		}
	}
	return p
}

// readSample reads the beginning of r and goes back to its start.
func readSample(r io.ReadSeeker) ([]byte, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	sample := make([]byte, sampleSize)
	n, err := io.ReadFull(r, sample)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return sample[:n], err
}

// bareUTF16 tells UTF-16 without a mark by its zeros: half of the bytes of ASCII characters, all on the same side.
func bareUTF16(sample []byte) encoding.Encoding {
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch n := len(sample); {
	case n < 16: // too little to tell
	case zeros[1]*40 > n && zeros[0]*8 < zeros[1]:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0]*40 > n && zeros[1]*8 < zeros[0]:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}
