package office_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office/scoring"
)

// TestWhichWorksWereScoredUnseenComesBackWithTheReply: the contest knows it after collecting, and each reading of the
// reply says so to the organiser.
func TestWhichWorksWereScoredUnseenComesBackWithTheReply(t *testing.T) {
	o, _ := newDesk(t)
	a := sendAway(t, o)
	d := firstDuty(t, o, "j001")
	for n := range d.Works {
		say(t, a, n, 0.8)
	}
	var want []judging.WorkCode
	for n, w := range d.Works {
		l := judging.Look{Unseen: len(w.Files)}
		if n%2 == 0 {
			for i := range w.Files {
				l.Seen = append(l.Seen, i)
			}
			l.Unseen = 0
		} else if len(w.Files) > 0 {
			want = append(want, w.Code)
		}
		if err := a.Look(t.Context(), w.Code, l); err != nil {
			t.Fatal(err)
		}
	}
	if len(want) == 0 {
		t.Fatal("no work has files")
	}
	slices.Sort(want)
	path := a.reply()
	for range 2 {
		if r := takeIn(t, o, path, scoring.TakeNone); !slices.Equal(r.Unseen, want) {
			t.Errorf("told %v, want %v", r.Unseen, want)
		}
	}
	p, err := o.Scoring().Progress(t.Context())
	if err != nil || !slices.Equal(p.Rows[0].Unseen, want) {
		t.Errorf("%+v, %v; want %v", p.Rows, err, want)
	}
	for n, w := range firstDuty(t, o, "j001").Works {
		if n%2 == 0 && len(w.Look.Seen) != len(w.Files) {
			t.Errorf("work %d: %+v", n, w.Look)
		}
	}
}
