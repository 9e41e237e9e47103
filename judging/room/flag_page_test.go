package room_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/room/roomtest"
)

// A hand raised without a tick would reach nobody: the page refuses it in the dialog. No tick takes back what was
// raised before.
func TestThePageTakesNoHandThatSaysNothing(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.press("[data-go]")
	code, _ := b.where()
	raised := func(shown string, want ...judging.Flag) {
		t.Helper()
		b.until(shown, "!document.querySelector('.dialog') && "+shown)
		got, err := h.Office.Scoring().Desk("j001").Load(t.Context(), judging.WorkCode(code))
		if err != nil || !slices.Equal(got.Flags, want) || len(want) == 0 && got.FlagNote != "" {
			t.Errorf("%v %q, want %v: %v", got.Flags, got.FlagNote, want, err)
		}
	}
	b.pressWords("举手…")
	b.js(`document.querySelector('.dialog input:not([type])').focus()`)
	b.keys("像去年的一件")
	b.press(".dialog .primary")
	b.sees("请在上面至少勾选一项")
	b.shot("flag-none")
	b.press(".dialog [data-first]")
	b.press(".dialog .primary")
	raised("document.querySelector('.saved .sign.received')", judging.Flags[0])
	b.pressWords("举手…")
	b.press(".dialog [data-first]")
	b.press(".dialog .primary")
	raised("!document.querySelector('.saved .sign')")
}
