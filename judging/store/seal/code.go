package seal

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"fayi/judging"
)

// A recovery code is six groups of four digits, 79 bits, and a group that checks them: typed wrong, it is not taken
// for a wrong code. It needs no input method, and no letter can be taken for a digit.
const (
	codeGroups = 6
	groupSize  = 4
	codeDigits = (codeGroups + 1) * groupSize
	// checkPrime finds every single wrong digit and every swap of two neighbours.
	checkPrime = 9973
)

// newCode draws a recovery code as it is printed.
func newCode(random io.Reader) (string, error) {
	b := make([]byte, 24) // far more than the code holds: the bias of the division is below 2^-100
	if _, err := io.ReadFull(random, b); err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(codeGroups*groupSize), nil)
	digits := fmt.Sprintf("%0*d", codeGroups*groupSize, new(big.Int).Mod(new(big.Int).SetBytes(b), most))
	digits += checkGroup(digits)
	var groups []string
	for i := 0; i < codeDigits; i += groupSize {
		groups = append(groups, digits[i:i+groupSize])
	}
	return strings.Join(groups, "-"), nil
}

func checkGroup(digits string) string {
	n, _ := new(big.Int).SetString(digits, 10) // digits only, by its callers
	return fmt.Sprintf("%0*d", groupSize, n.Mod(n, big.NewInt(checkPrime)).Int64())
}

// likeDigits are letters that are read for digits.
var likeDigits = strings.NewReplacer("o", "0", "l", "1", "i", "1", "|", "1", "z", "2", "s", "5")

// plainCode reads a code however it was typed: full-width or not, in groups or not, with letters that look like
// digits. It reports whether the text looks like a code at all, and whether its check group fits.
func plainCode(s string) (digits string, looks, fits bool) {
	var b strings.Builder
	for _, r := range likeDigits.Replace(judging.Fold(s)) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" -_.,·、，。—–\t\r\n", r):
		default:
			return "", false, false
		}
	}
	digits = b.String()
	if len(digits) != codeDigits {
		return digits, false, false
	}
	at := codeGroups * groupSize
	return digits, true, checkGroup(digits[:at]) == digits[at:]
}
