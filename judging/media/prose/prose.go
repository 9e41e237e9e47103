package prose

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
	"fayi/judging/text"
)

// What reading a text may cost.
const (
	maxTextBytes  = 8 << 20
	maxProseBytes = 64 << 20 // of a packed document
	maxProse      = 2 << 20  // bytes of text that are kept
)

// Read returns the words of a text, a Word document or an OpenDocument text, paragraphs parted by line feeds, at
// most 2 MiB of them.
// Errors: Invalid "media.no_prose" for what is neither, "media.prose_too_big" for a text over 8 MiB or a document
// over 64 MiB, "media.bad_prose" for a broken one; Unavailable when r fails.
func Read(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, filetype.HeadSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Unreadable(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return zipProse(r, size)
	case !text.Is(head):
		return "", judging.Fail(judging.Invalid, "media.no_prose", nil)
	case size > maxTextBytes:
		return "", proseTooBig()
	}
	data := make([]byte, size)
	if _, err := r.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Unreadable(err)
	}
	return cropProse(strings.ReplaceAll(text.Decode(data), "\r\n", "\n")), nil
}

func proseTooBig() error {
	return judging.Fail(judging.Invalid, "media.prose_too_big", judging.Args{
		"MaxTextMB": maxTextBytes >> 20,
		"MaxMB":     maxProseBytes >> 20,
	})
}

func badProse(err error) error {
	return judging.Fail(judging.Invalid, "media.bad_prose", nil).Because(err)
}

// cropProse keeps what may be kept, whole characters only.
func cropProse(s string) string {
	if len(s) <= maxProse {
		return s
	}
	cut := maxProse
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

// CountWords counts as Chinese word processors do: each Chinese character and each of its marks is one, and so is each
// run of other letters and digits.
func CountWords(text string) int {
	n, inside := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == utf8.RuneError || unicode.IsControl(r):
			inside = false
		case r >= 0x2E80 || r >= 0x2018 && r <= 0x2026:
			n, inside = n+1, false
		case !inside:
			n, inside = n+1, true
		}
	}
	return n
}
