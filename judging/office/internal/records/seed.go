package records

import (
	"encoding/binary"
	"io"

	"fayi/judging"
)

// Seed returns the seed of a draw: the one given or, for nil, one of 52 bits drawn at random, which every spreadsheet
// and reader of JSON keeps whole. Errors: Unavailable.
func Seed(random io.Reader, given *uint64) (uint64, error) {
	if given != nil {
		return *given, nil
	}
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return 0, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return binary.LittleEndian.Uint64(b[:]) >> 12, nil
}
