package judging

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
)

// Codes draws blind codes for one category: numbers in an order that only the contest's key knows, so that
// neighbours in a school's list are not neighbours on a judge's. It is a pure function of key, prefix and count.
type Codes struct {
	key    []byte
	prefix string
	perm   []int
	first  int // count at which perm begins
}

// NewCodes prepares the codes of one category's prefix.
func NewCodes(key []byte, prefix string) *Codes { return &Codes{key: key, prefix: prefix, first: -1} }

// At returns the code of the n-th work of the category, counting from 0: four digits for the first 10,000, then
// five, then six, never the same twice.
func (c *Codes) At(n int) WorkCode {
	first, end := 0, 10000
	for n >= end {
		first, end = end, end*10
	}
	if c.first != first {
		seed := sha256.Sum256(fmt.Appendf(nil, "%x/%s/%d", c.key, c.prefix, end))
		c.perm, c.first = rand.New(rand.NewChaCha8(seed)).Perm(end-first), first
	}
	return WorkCode(fmt.Sprintf("%s-%04d", c.prefix, first+c.perm[n-first]))
}
