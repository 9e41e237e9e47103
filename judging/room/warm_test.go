package room_test

import (
	"testing"
	"time"

	"fayi/judging/room/roomtest"
)

// TestAnOpenRoomMakesThePicturesOfItsLists before anybody asks, and no other.
func TestAnOpenRoomMakesThePicturesOfItsLists(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 5, Judges: 3, Media: true}) // no two films alike
	pictures := map[string]bool{"书法": true, "绘画": true, "微视频": true}
	want := map[string]bool{}
	for judge := range h.Tokens {
		for _, w := range listOf(t, h, judge).Works {
			if pictures[w.Category] {
				want[string(w.Code)] = true
			}
		}
	}
	for end := time.Now().Add(patience); h.Room.Stills() < len(want); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d pictures are ready, want %d", h.Room.Stills(), len(want))
		}
	}
	time.Sleep(300 * time.Millisecond)
	if n := h.Room.Stills(); n != len(want) || n == 0 {
		t.Errorf("%d pictures are ready, want %d", n, len(want))
	}
}
