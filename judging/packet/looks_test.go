package packet_test

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/packet"
)

// TestWhatWasLookedAtOutlivesTheProgram: it is kept in the working folder, also over a line cut off by a crash, and
// travels in the reply.
func TestWhatWasLookedAtOutlivesTheProgram(t *testing.T) {
	at := place(t)
	p := open(t, at)
	d, err := p.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := d.Works[0]
	for _, l := range []judging.Look{{Unseen: 1}, {Seen: []int{0}}, {Seen: []int{0}}} {
		if err := p.Look(t.Context(), w.Code, l); err != nil {
			t.Fatal(err)
		}
	}
	size := journal(t, at)
	if err := p.Look(t.Context(), w.Code, judging.Look{Seen: []int{0}}); err != nil || journal(t, at) != size {
		t.Errorf("the same again is written again: %v", err)
	}
	p.Close()
	at.File = packet.Known(at.Dir)[0]
	p = open(t, at)
	if d, err = p.Duties(t.Context()); err != nil || !d.Works[0].Look.Same(judging.Look{Seen: []int{0}}) {
		t.Errorf("after a start: %+v, %v", d.Works[0].Look, err)
	}
	if b, err := p.Load(t.Context(), w.Code); err != nil || b.State != judging.Open {
		t.Errorf("to look at a work is a score: %+v, %v", b, err)
	}
}

func journal(t *testing.T, at packet.Place) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(filepath.Dir(packet.Known(at.Dir)[0]), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
