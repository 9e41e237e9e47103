// Package awake keeps the computer from going to sleep by itself.
//
// It promises: what it holds ends with its release, and with the program, however that ends. It can't keep awake a
// computer whose lid is shut or that somebody sends to sleep.
package awake

import (
	"context"
	"time"
)

// patience is how long the system may take to answer.
const patience = 3 * time.Second

// Hold keeps the computer and its screen awake until release, which may be called once. why is shown to whoever asks
// the system what keeps it awake. Errors: the system has no way for it, or refused.
func Hold(ctx context.Context, why string) (release func(), err error) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	return hold(ctx, why)
}
