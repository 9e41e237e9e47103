package records

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// finalRecords is a store with nothing but a notice that is final.
func finalRecords(t *testing.T) *Records {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	o := &Records{DB: db, Changes: NewBell(), Now: func() time.Time { return time.Unix(1_600_000_000, 0) }}
	err = db.Update(t.Context(), func(tx store.Tx) error {
		return Notices.Put(tx, judging.Notice{ID: "n001", State: judging.Final})
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestALawfulActPassesItsOwnLockOnly: an act that is lawful through one lock opens no other door.
func TestALawfulActPassesItsOwnLockOnly(t *testing.T) {
	o := finalRecords(t)
	try := func(ctx context.Context, stage Stage) judging.Code {
		return judging.CodeOf(o.Change(ctx, stage, func(store.Tx) error { return nil }))
	}
	for act, way := range ways {
		ctx, err := Lawfully(t.Context(), Lawful{act, "查实"})
		if err != nil {
			t.Fatal(err)
		}
		for stage, rule := range locked {
			want := judging.Closed
			if stage == way.stage && way.lock == Finalized || rule.from > Finalized {
				want = ""
			}
			if got := try(ctx, stage); got != want {
				t.Errorf("%s, %s: %q, want %q", act, stage, got, want)
			}
		}
	}
	for stage := range locked {
		if got := try(t.Context(), stage); got != judging.Closed {
			t.Errorf("%s: %q", stage, got)
		}
	}
	if got := try(t.Context(), Reporting); got != "" {
		t.Errorf("reporting: %q", got)
	}
}

// TestALawfulActIsKnownAndHasAReason refuses everything else.
func TestALawfulActIsKnownAndHasAReason(t *testing.T) {
	for _, l := range []Lawful{{"revoke", ""}, {"revoke", "  "}, {"forget", "查实"}, {"", ""}} {
		ctx, err := Lawfully(t.Context(), l)
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%+v: %v", l, err)
		}
		if _, lawful := lawful(ctx); lawful {
			t.Errorf("%+v is lawful", l)
		}
	}
}

// TestAWayIsOfOneStageAndOneLock: neither alone is enough.
func TestAWayIsOfOneStageAndOneLock(t *testing.T) {
	l := Lawful{"revoke", "查实"}
	if !l.passes(Judgement, Finalized) || l.passes(Judgement, Noticed) || l.passes(Granting, Finalized) {
		t.Error("an act passes where it should not, or not where it should")
	}
}

// TestTicksLetAnActGoOnUnlessItIsStopped: what is asked about can be ticked, what stops can't.
func TestTicksLetAnActGoOnUnlessItIsStopped(t *testing.T) {
	asks := &OpenError{Asks: []Point{{Kind: "disputes"}}}
	ctx, over := asks.Over(t.Context())
	if got := ticks(ctx); !over || len(got) != 1 || got[0] != "disputes" {
		t.Errorf("%v %v", got, over)
	}
	stops := &OpenError{Stops: []Point{{Kind: "clashes"}}, Asks: asks.Asks}
	if ctx, over := stops.Over(t.Context()); over || len(ticks(ctx)) != 0 {
		t.Errorf("%v %v", ticks(ctx), over)
	}
}
