package judgetest

import (
	"slices"
	"testing"

	"fayi/judging"
)

// looked: what was looked at is kept beside the ballots, in place of what was kept before, until the list is handed
// in.
func looked(t *testing.T, d desk) {
	var at judging.Duty
	for _, w := range d.duties().Works {
		if len(w.Files) > 0 {
			at = w
		}
	}
	ctx := t.Context()
	wants := func(want judging.Look) {
		t.Helper()
		if got := d.duty(at.Code); !got.Look.Same(want) || got.State != judging.Open {
			t.Errorf("looked at %+v, want %+v; the ballot is %s", got.Look, want, got.State)
		}
	}
	wants(judging.Look{})
	for _, l := range []judging.Look{{Unseen: 1}, {Seen: []int{0}}, {Seen: []int{0}}} {
		if err := d.Look(ctx, at.Code, l); err != nil {
			t.Fatal(err)
		}
		wants(l)
	}
	if all, err := d.History(ctx, at.Code); err != nil || len(all) > 0 {
		t.Errorf("to look at a work is a score: %+v, %v", all, err)
	}
	n := len(at.Files)
	for _, l := range []judging.Look{
		{Seen: []int{n}}, {Seen: []int{-1}}, {Seen: []int{0, 0}}, {Unseen: n + 1}, {Unseen: -1},
	} {
		expectCode(t, judging.NotFound, d.Look(ctx, at.Code, l))
	}
	expectCode(t, judging.Forbidden, d.Look(ctx, "XX-0000", judging.Look{}))
	wants(judging.Look{Seen: []int{0}})
	d.handIn()
	if err := d.Look(ctx, at.Code, judging.Look{Unseen: n}); err != nil {
		t.Error(err)
	}
	if got := d.duty(at.Code).Look; !slices.Equal(got.Seen, []int{0}) || got.Unseen != 0 {
		t.Errorf("after the list was handed in: %+v", got)
	}
}

// handIn abstains from all works and hands the list in.
func (d desk) handIn() {
	d.t.Helper()
	for _, w := range d.duties().Works {
		d.save(judging.Ballot{Code: w.Code, State: judging.Abstained, Reason: "看不清"})
	}
	if err := d.Submit(d.t.Context(), d.secret); err != nil {
		d.t.Fatal(err)
	}
}
