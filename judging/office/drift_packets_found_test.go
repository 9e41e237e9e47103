package office_test

import (
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
)

// What the sequences of drift_packets_test.go found, each by itself.

// wantUntouched expects that do changes nothing that is stored.
func wantUntouched(t *testing.T, dump func() map[string]string, do func()) {
	t.Helper()
	before := dump()
	do()
	if left := judgetest.Differences(before, dump()); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func TestARefusedPacketLeavesNothing(t *testing.T) {
	cfg := config(t)
	o := eightPlanned(t, byRest, cfg)
	must(t, reads(o.Scoring().CloseRound(office.Ticking(t.Context(), office.PointKinds()...), "到期")))
	wantUntouched(t, func() map[string]string { return dumped(t, cfg) }, func() {
		path := filepath.Join(t.TempDir(), "包"+packet.Ending)
		_, err := o.Packets().SealPacket(t.Context(), "j001", path, scoring.SealOptions{Passphrase: phrase}, nil)
		wantCode(t, err, judging.Closed, "closing.closed")
	})
}

// A reply with a list that was handed in comes after the round was closed: what it brings is refused score by score,
// and that is the answer, however often it is collected.
func TestAReplyAfterTheClosingIsToldAndChangesNothing(t *testing.T) {
	cfg := config(t)
	o := eightPlanned(t, byRest, cfg)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	must(t, err)
	for n := range d.Works {
		say(t, a, n, 0.8)
	}
	must(t, a.Submit(t.Context(), phrase))
	path := a.reply()
	must(t, reads(o.Scoring().CloseRound(office.Ticking(t.Context(), office.PointKinds()...), "到期")))
	collect := func() {
		r := takeIn(t, o, path, scoring.TakeNone)
		wantReport(t, r, 0, 0, len(d.Works))
		if r.Submitted {
			t.Error("handed in after the closing")
		}
	}
	collect()
	wantUntouched(t, func() map[string]string { return dumped(t, cfg) }, collect)
	if all, err := o.Scoring().Collections(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("%+v, %v: nothing was collected", all, err)
	}
}

// A list that was handed in and waits for a decision is no news each time that its reply is collected.
func TestAReplyThatWaitsIsCollectedOnce(t *testing.T) {
	cfg := config(t)
	o := eightPlanned(t, byRest, cfg)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	must(t, err)
	for n := range d.Works {
		say(t, a, n, 0.8)
	}
	must(t, a.Submit(t.Context(), phrase))
	say(t, o.Scoring().Desk("j001"), 0, 0.6)
	path := a.reply()
	takeIn(t, o, path, scoring.TakeNone)
	wantUntouched(t, func() map[string]string { return dumped(t, cfg) }, func() {
		wantReport(t, takeIn(t, o, path, scoring.TakeNone), 0, 1, 0)
	})
}
