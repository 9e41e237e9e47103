package packet

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"golang.org/x/text/unicode/norm"

	"fayi/judging"
)

// minPhrase is the least number of characters in a passphrase of someone's own.
const minPhrase = 12

// NewPassphrase draws five groups of four digits from random: 66 bits, above the 60 that no thief of a memory stick
// can try. They can be typed with the number keys alone, without an input method, and read from a slip without
// confusing l and 1.
func NewPassphrase(random io.Reader) (string, error) {
	var groups []string
	for range 5 {
		n, err := draw(random, 10000)
		if err != nil {
			return "", err
		}
		groups = append(groups, fmt.Sprintf("%04d", n))
	}
	return strings.Join(groups, " "), nil
}

// draw returns a uniformly distributed number below n.
func draw(random io.Reader, n int64) (int64, error) {
	b := make([]byte, 16) // 128 bits: the bias of the division is below 2^-100
	if _, err := io.ReadFull(random, b); err != nil {
		return 0, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return new(big.Int).Mod(new(big.Int).SetBytes(b), big.NewInt(n)).Int64(), nil
}

// plainPhrase normalises a passphrase, however it was typed: full-width or not, composed or not, with blanks,
// hyphens and capitals or without.
func plainPhrase(s string) string {
	return strings.ReplaceAll(norm.NFC.String(judging.Fold(norm.NFC.String(s))), "-", "")
}

// CheckPassphrase refuses one that is too easy to guess. Errors: Invalid.
func CheckPassphrase(s string) error {
	if n := len([]rune(plainPhrase(s))); n < minPhrase {
		return judging.Fail(judging.Invalid, "packet.short_phrase", judging.Args{"Min": minPhrase})
	}
	return nil
}
