package live

import "fayi/judging/office/internal/turns"

// The states of a turn, in their order: judges may score a work while it is Called.
const (
	Waiting  = turns.Waiting
	Called   = turns.Called
	Shut     = turns.Shut     // no more scores
	Released = turns.Released // the big screen may show its scores
)
