package office_test

import (
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/packets"
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
		_, err := o.Packets().SealPacket(t.Context(), "j001", path, packets.SealOptions{Passphrase: phrase}, nil)
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

// Of what a packet said and waits for a decision the last word could hold, also where it is one that was said before.
func TestThePacketsLastWordWaitsThoughItWasSaidBefore(t *testing.T) {
	o := eightPlanned(t, "")
	a := sendAway(t, o)
	for _, share := range []float64{0.6, 0.65} {
		say(t, a, 0, share)
	}
	last := say(t, a, 0, 0.6)
	here := say(t, o.Scoring().Desk("j001"), 0, 0.7)
	r := takeIn(t, o, a.reply(), scoring.TakeNone)
	if len(r.Clashes) != 1 || r.Clashes[0].Packet.Total != last.Total {
		t.Errorf("%+v waits, want %v", r.Clashes, last.Total)
	}
	must(t, o.Scoring().ResolveClash(t.Context(), "j001", string(here.Code), scoring.TakePacket))
	h, err := o.Scoring().Desk("j001").Load(t.Context(), here.Code)
	if err != nil || h.Total != last.Total {
		t.Errorf("%v holds, want %v: %v", h.Total, last.Total, err)
	}
}

// A judge was given a second packet, and both came back: either may be the one to go by.
func TestOfTwoPacketsEitherCanHold(t *testing.T) {
	for _, second := range []bool{false, true} {
		o := eightPlanned(t, "")
		all := []*away{sendAway(t, o), sendAway(t, o)}
		here := say(t, o.Scoring().Desk("j001"), 0, 0.7)
		totals := []float64{say(t, all[0], 0, 0.6).Total, say(t, all[1], 0, 0.8).Total}
		var r packets.ReplyReport
		for _, a := range all {
			r = takeIn(t, o, a.reply(), scoring.TakeNone)
		}
		want := totals[0]
		if second {
			want = totals[1]
		}
		if len(r.Clashes) != 2 {
			t.Fatalf("%+v wait, want both", r.Clashes)
		}
		for _, c := range r.Clashes {
			if c.Packet.Total == want {
				must(t, o.Scoring().ResolveClash(t.Context(), "j001", string(here.Code), c.Take))
			}
		}
		if h, err := o.Scoring().Desk("j001").Load(t.Context(), here.Code); err != nil || h.Total != want {
			t.Errorf("%v holds, want %v: %v", h.Total, want, err)
		}
	}
}
