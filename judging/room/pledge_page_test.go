package room_test

import (
	"testing"

	"fayi/judging/room/roomtest"
	"fayi/judging/terms"
)

// pledgeAsked lets the rules of an open room ask for a pledge.
func pledgeAsked(t *testing.T, h *roomtest.House, pledge terms.Pledge) {
	t.Helper()
	r, err := h.Office.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Pledge = pledge
	if _, err := h.Office.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
}

// The pledge stands before the list on every device of the judge, until it is accepted on one; when it is reworded it
// stands there again, over a list that is open.
func TestThePageAsksForThePledgeFirst(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	pledgeAsked(t, h, "【评委姓名】承诺公正评审。\n<b>不接受</b>宴请。")
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	b.sees("评委A承诺公正评审。")
	b.sees("<b>不接受</b>宴请。")
	if value[bool](b, "!!document.querySelector('[data-code]')") {
		t.Error("the list stands next to the pledge")
	}
	b.shot("pledge")
	b.press("[data-pledge]")
	b.until("the list", "document.querySelector('[data-code]')")
	if in := listOf(t, h, "j001"); in.Pledge.Open() {
		t.Errorf("%+v", in.Pledge)
	}
	pledgeAsked(t, h, "另一种承诺")
	b.sees("另一种承诺")
	b.press("[data-pledge]")
	b.until("the list", "document.querySelector('[data-code]')")
	if in := listOf(t, h, "j001"); in.Pledge.Open() || in.Pledge.Text != "另一种承诺" {
		t.Errorf("%+v", in.Pledge)
	}
}
