package room

import (
	"sync"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/passes"
)

// codes are the tokens of the passes that this window issued for one contest. They are in memory only: the contest
// keeps what they hash to.
type codes struct {
	office *office.Office

	mu     sync.Mutex
	tokens map[judging.JudgeID]string
}

// codesOf returns the codes of a contest, without those of any other.
func (k *Keeper) codesOf(o *office.Office) *codes {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.codes == nil || k.codes.office != o {
		k.codes = &codes{office: o, tokens: map[judging.JudgeID]string{}}
	}
	return k.codes
}

// know remembers the tokens of passes that were just issued.
func (c *codes) know(issued []passes.Issued) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range issued {
		c.tokens[p.Judge] = p.Token
	}
}

// forget takes away a token that opens nothing any more.
func (c *codes) forget(judge judging.JudgeID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.tokens, judge)
}

// of returns a judge's token, "" where it is not known.
func (c *codes) of(judge judging.JudgeID) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tokens[judge]
}
