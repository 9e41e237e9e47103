package room

import (
	"testing"
	"time"
)

func TestAPageThatIsLoadedAgainIsNotAway(t *testing.T) {
	now := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	s := &Server{presence: newPresence(func() time.Time { return now })}
	open := func() bool { return len(s.Here()) == 1 && s.Here()[0].Open }
	s.presence.saw("j001", "a device", "ipad", "0")
	if open() {
		t.Error("a device that only asked counts as an open page")
	}
	leave := s.presence.listens("j001")
	now = now.Add(time.Hour)
	if !open() {
		t.Error("a page that waits for news is not open")
	}
	leave()
	now = now.Add(between - time.Second)
	if !open() {
		t.Error("a page is away at once")
	}
	now = now.Add(time.Second)
	if open() {
		t.Error("a page is never away")
	}
	defer s.presence.listens("j001")()
	if !open() {
		t.Error("a page that came back is not open")
	}
}
