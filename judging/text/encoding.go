package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The byte-order marks of UTF-16.
const (
	littleMark = "\xFF\xFE"
	bigMark    = "\xFE\xFF"
)

// HasUTF16Mark reports whether data begins with a byte-order mark of UTF-16.
func HasUTF16Mark(data []byte) bool {
	return bytes.HasPrefix(data, []byte(littleMark)) || bytes.HasPrefix(data, []byte(bigMark))
}

// Is reports whether head begins a text: UTF-16 with its mark, or UTF-8 or GB18030 without control characters. head
// may end within a character.
func Is(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	if HasUTF16Mark(head) {
		return true
	}
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A {
			return false
		}
	}
	return utf8.Valid(wholeRunes(head)) || isGB18030(head)
}

// wholeRunes cuts a UTF-8 sequence that data breaks off in the middle.
func wholeRunes(data []byte) []byte {
	for back := 1; back <= min(3, len(data)); back++ {
		if at := len(data) - back; utf8.RuneStart(data[at]) {
			if !utf8.FullRune(data[at:]) {
				return data[:at]
			}
			break
		}
	}
	return data
}

// isGB18030 reports whether head decodes without a fault, but for a character that its end may cut.
func isGB18030(head []byte) bool {
	for cut := range min(4, len(head)) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head[:len(head)-cut])
		if err == nil && !bytes.ContainsRune(decoded, utf8.RuneError) {
			return true
		}
	}
	return false
}

// FileName gives a file name of an archive as text: UTF-8 if it is valid, else GB18030, in which Chinese Windows
// writes them.
func FileName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
	if err != nil {
		return string([]rune(raw))
	}
	return decoded
}

// Decode gives a text in UTF-8, in UTF-16 with its mark or in GB18030 as a string, without its mark. It never fails:
// what is in none of them gets U+FFFD where it can't be read.
func Decode(data []byte) string {
	switch {
	case HasUTF16Mark(data):
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err == nil {
			return string(decoded)
		}
	case utf8.Valid(data):
		return string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(decoded)
}

// GB18030 is the encoding of Chinese texts that are not in Unicode.
var GB18030 encoding.Encoding = simplifiedchinese.GB18030

// GuessEncoding is FindEncoding by the beginning of a text only, which may end within a character. It never fails:
// what is neither UTF-16 nor UTF-8 (nil) is taken for GB18030.
func GuessEncoding(head []byte) encoding.Encoding {
	switch {
	case HasUTF16Mark(head):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(wholeRunes(head)):
		return nil
	}
	return GB18030
}

// ErrEncoding says that a text is in no encoding that is known here.
var ErrEncoding = errors.New("neither UTF-8 nor GB18030 nor Big5")

// FindEncoding tells UTF-16 by its mark or its zeros, UTF-8 (as nil) by its form, GB18030 and Big5 by a decoding
// without gaps and by which of them the characters suggest; the whole of r is the evidence. Errors: ErrEncoding,
// those of r.
func FindEncoding(r io.ReadSeeker) (encoding.Encoding, error) {
	sample, err := readSample(r)
	if err != nil {
		return nil, err
	}
	if HasUTF16Mark(sample) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	}
	if e := bareUTF16(sample); e != nil {
		return e, nil
	}
	candidates := []encoding.Encoding{nil, GB18030, Big5}
	if countPairs(sample).big5() {
		candidates = []encoding.Encoding{nil, Big5, GB18030}
	}
	for _, e := range candidates {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		decoded := io.Reader(r)
		if e != nil {
			decoded = transform.NewReader(r, e.NewDecoder())
		}
		ok, err := allUTF8(decoded, e != nil)
		if ok || err != nil {
			return e, err
		}
	}
	return nil, ErrEncoding
}

// allUTF8 reports whether all of r is UTF-8; strict also refuses U+FFFD, with which decoders fill gaps.
func allUTF8(r io.Reader, strict bool) (bool, error) {
	buf := make([]byte, 128<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		part := buf[:kept+n]
		whole := wholeRunes(part) // a character may go on in the next piece
		if !utf8.Valid(whole) || strict && bytes.ContainsRune(whole, utf8.RuneError) {
			return false, nil
		}
		kept = copy(buf, part[len(whole):])
		if err == io.EOF {
			return kept == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}
