package picture

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// room is the memory for pixels that all decoding together may take, so that many pictures at once cost no more
// than one large picture may.
var room = pixels{semaphore.NewWeighted(maxPixelBytes)}

type pixels struct{ *semaphore.Weighted }

// take waits for n bytes, or for all there are if n is more, and returns what gives them back.
func (p pixels) take(n int64) (give func()) {
	n = min(max(n, 0), maxPixelBytes)
	if err := p.Acquire(context.Background(), n); err != nil {
		return func() {} // can't be: nothing ends the wait, and n fits
	}
	return func() { p.Release(n) }
}
