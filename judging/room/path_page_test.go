package room_test

import (
	"testing"

	"fayi/judging/room/roomtest"
)

// TestThePageScoresBelowAPath has the page where a hall has it: its files, pictures, news and scores are all below the
// path, and what is kept on the device is kept apart from another room's of the same address.
func TestThePageScoresBelowAPath(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3, Media: true, PIN: "2048", Path: "/c/abcdefghijkl"})
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	b.sees("评委A 的评分")
	b.until("pictures", `Array.from(document.images).some(i => i.complete && i.naturalWidth > 0 &&
		i.src.indexOf('/c/abcdefghijkl/media/') > 0)`)
	said := scoreByTouch(b, listOf(t, h, "j001"))
	handIn(b, "2048")
	in := listOf(t, h, "j001")
	if !in.Submitted {
		t.Error("the list is not handed in")
	}
	for _, w := range in.Works {
		if w.Total != said[string(w.Code)] || w.Total == 0 {
			t.Errorf("%s has %v, want %v", w.Code, w.Total, said[string(w.Code)])
		}
	}
	kept := value[[]string](b, `indexedDB.databases().then(all => all.map(d => d.name))`)
	if len(kept) != 1 || kept[0] != "fayi-room/c/abcdefghijkl" {
		t.Errorf("kept on the device are %q", kept)
	}
}
