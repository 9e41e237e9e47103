package office_test

import (
	"testing"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office/live"
)

// TestTheScreenDoesNotGoBackToTheWorkBefore plays two works: between closing and release the one that is closed stays,
// and a release out of order shows what was released.
func TestTheScreenDoesNotGoBackToTheWorkBefore(t *testing.T) {
	o := onStage(t, onstage.Rule{Minutes: 5, Grace: 10})
	order, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	play := func(number int) {
		t.Helper()
		must(t, reads(o.Live().Call(t.Context(), "")))
		for _, judge := range []judging.JudgeID{"j001", "j002", "j003", "j004", "j005"} {
			b := judging.Ballot{Code: order[number-1].Code, Total: 80, Base: judging.NoScore}
			must(t, reads(o.Scoring().Desk(judge).Save(t.Context(), b)))
		}
		must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{})))
	}
	now := func(number int, state string, shown bool) {
		t.Helper()
		b := board(t, o)
		if b.Now == nil || b.Now.Number != number || string(b.Now.State) != state || (b.Now.Shown != nil) != shown {
			t.Fatalf("want %d %s, shown %v: %+v", number, state, shown, b.Now)
		}
	}
	if b := board(t, o); b.Now != nil || b.Next.Number != 1 {
		t.Fatalf("%+v", b)
	}
	play(1)
	now(1, "closed", false)
	must(t, reads(o.Live().Release(t.Context(), "")))
	now(1, "released", true)
	play(2)
	now(2, "closed", false)
	play(3)
	now(3, "closed", false)
	must(t, reads(o.Live().Release(t.Context(), string(order[1].Work)))) // 2, after 3 was closed
	now(2, "released", true)
	must(t, reads(o.Live().Reopen(t.Context(), string(order[0].Work))))
	now(1, "called", true)
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{})))
	now(1, "closed", true) // the screen keeps what it shows
	if b := board(t, o); b.Done != 2 || b.Now.Limit != 300 || b.Now.Grace != 10 {
		t.Errorf("%+v", b)
	}
}

func TestTheScreenHasATokenOfItsOwn(t *testing.T) {
	o := published(t, 6)
	door, err := o.Passes().Door(t.Context())
	must(t, err)
	wantCode(t, door.Screen(t.Context(), ""), judging.Forbidden, "room.no_screen")
	first, err := o.Passes().ScreenPass(t.Context(), false)
	must(t, err)
	must(t, door.Screen(t.Context(), first))
	wantCode(t, door.Screen(t.Context(), first[1:]), judging.Forbidden, "room.no_screen")
	wantCode(t, door.Screen(t.Context(), ""), judging.Forbidden, "room.no_screen")
	if again, err := o.Passes().ScreenPass(t.Context(), false); err != nil || again != first {
		t.Errorf("asked again: %s, %v", again, err)
	}
	second, err := o.Passes().ScreenPass(t.Context(), true)
	must(t, err)
	if second == first {
		t.Error("renewed, and the same")
	}
	wantCode(t, door.Screen(t.Context(), first), judging.Forbidden, "room.no_screen")
	must(t, door.Screen(t.Context(), second))
	if same, err := o.Passes().Door(t.Context()); err != nil || string(same.Secret("x")) != string(door.Secret("x")) {
		t.Errorf("the room signs with another secret: %v", err)
	}
}
