package media

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/text"
)

// What reading a text may cost.
const (
	maxTextBytes  = 8 << 20
	maxProseBytes = 64 << 20 // of a packed document
	maxProse      = 2 << 20  // bytes of text that are kept
)

// Prose returns the words of a text or Word document, paragraphs parted by line feeds, at most 2 MiB of them.
// Errors: Invalid "media.no_prose" for what is neither, "media.prose_too_big" for a text over 8 MiB or a document
// over 64 MiB, "media.bad_prose" for a broken one; Unavailable when r fails.
func Prose(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, HeadSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", unreadable(err)
	}
	switch {
	case has(head, 0, "PK\x03\x04"):
		return docxProse(r, size)
	case !text.Is(head):
		return "", judging.Fail(judging.Invalid, "media.no_prose", nil)
	case size > maxTextBytes:
		return "", proseTooBig()
	}
	data := make([]byte, size)
	if _, err := r.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", unreadable(err)
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
