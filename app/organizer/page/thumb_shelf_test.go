package page

import (
	"fmt"
	"testing"
)

// TestTheShelfForgetsWhatIsOutOfSight: however far one scrolls, only so many pictures are kept and waited for.
func TestTheShelfForgetsWhatIsOutOfSight(t *testing.T) {
	s := NewThumbShelf(nil, nil, nil)
	for i := range 3 * shelfRoom {
		s.put(fmt.Sprint(i), nil)
	}
	if len(s.images) != shelfRoom || len(s.recent) != shelfRoom {
		t.Errorf("%d kept", len(s.images))
	}
	for i := range shelfHands {
		s.busy[fmt.Sprint("busy", i)] = true
	}
	for i := range 3 * shelfQueue {
		s.ask(thumbWish{sum: fmt.Sprint("q", i)})
	}
	if n := len(s.queue); n != shelfQueue || s.queue[n-1].sum != fmt.Sprint("q", 3*shelfQueue-1) {
		t.Errorf("%d wait", n)
	}
}
