package room_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// said is what one place knows of a work: what it saw last, and what it said last, to be sent again.
type said struct {
	base string
	last *judging.Ballot
}

// account is the plain model of one work: what was taken, in order, and what stands next to it. It knows no versions
// and no journal: only that what is made on what holds is taken, and all else changes nothing.
type account struct {
	taken []string           // marks, in order
	total map[string]float64 // of every mark
	bases []string           // what each that was taken is known by, first that of the untouched work
	aside map[string]bool    // marks that stand next to what holds
}

func (a *account) holds() float64 {
	if len(a.taken) == 0 {
		return 0
	}
	return a.total[a.taken[len(a.taken)-1]]
}

// seat is one place from which a judge scores: a tab of a device, or the desk at the office.
type seat struct {
	judging.Ballots

	name, device string // "" for the desk
	knows        map[judging.WorkCode]*said
}

// TestDevicesTabsAndTheOfficeAgree plays 200 interleavings of two devices, one with two tabs, the desk in the office
// and the organiser who releases devices, each on a work of its own, and compares what is answered and what is kept
// with the model.
func TestDevicesTabsAndTheOfficeAgree(t *testing.T) {
	begin, calls := time.Now(), atomic.Int64{}
	h := local(t, roomtest.Contest{Works: 220, Judges: 3, PerWork: 3, Now: func() time.Time {
		return begin.Add(time.Duration(calls.Add(1)) * 100 * time.Millisecond) // nobody asks too often
	}})
	open := func(device string) judging.Ballots {
		c, err := client.Open(http.DefaultClient, h.Address("j001"), device, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	works := listOf(t, h, "j001").Works
	if len(works) < 200 {
		t.Fatalf("%d works", len(works))
	}
	seats := []*seat{
		{Ballots: open(thisDevice), name: "tab", device: thisDevice},
		{Ballots: open(thisDevice), name: "second tab", device: thisDevice},
		{Ballots: open(otherDevice), name: "other device", device: otherDevice},
		{Ballots: h.Office.Scoring().Desk("j001").InRoom(), name: "office"},
	}
	bound, free, marks, played := "", false, 0, 0
	clashes, refused, replays := 0, 0, 0
	play := func(r *rapid.T) {
		code := works[played%len(works)].Code
		played++
		a := &account{total: map[string]float64{}, aside: map[string]bool{}}
		for _, s := range seats {
			s.knows = map[judging.WorkCode]*said{code: {}}
		}
		for range rapid.IntRange(4, 14).Draw(r, "steps") {
			who := seats[rapid.IntRange(0, len(seats)-1).Draw(r, "who")]
			what := rapid.SampledFrom([]string{"save", "save", "save", "again", "look", "release"}).Draw(r, "what")
			if what == "release" {
				if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
					r.Fatal(err)
				}
				free = true
				continue
			}
			k := who.knows[code]
			let := who.device == "" || bound == "" || bound == who.device || free
			if let && who.device != "" && bound != who.device {
				bound, free = who.device, false
			}
			if k.base == "" || what == "look" {
				b, err := who.Load(t.Context(), code)
				if !let {
					refused++
					wantCode(r, who, err, judging.Forbidden)
					continue
				}
				if err != nil || b.Total != a.holds() {
					r.Fatalf("%s reads %v, want %v: %v", who.name, b.Total, a.holds(), err)
				}
				if k.base = b.Base; len(a.bases) == 0 {
					a.bases = append(a.bases, b.Base)
				}
				continue
			}
			b := judging.Ballot{Code: code, Total: float64(1 + len(a.total)), Mark: fmt.Sprintf("m%d", marks),
				Base: k.base}
			marks++
			if what == "again" && k.last != nil {
				b = *k.last
				replays++
			}
			got, err := who.Save(t.Context(), b)
			if !let {
				refused++
				wantCode(r, who, err, judging.Forbidden)
				continue
			}
			a.total[b.Mark] = b.Total
			k.last = &b
			if a.save(r, who, b, got, err) {
				clashes++
				continue
			}
			k.base = got.Base
		}
		a.check(r, h, code)
	}
	each := 2 // of a hundred times
	if testing.Short() {
		each = 10 // of twenty
	}
	rapid.Check(t, func(r *rapid.T) {
		for range each {
			play(r)
		}
	})
	t.Logf("%d interleavings, %d marks: %d clashes, %d refused, %d sent again", played, marks, clashes, refused,
		replays)
	if clashes < 40 || refused < 40 || replays < 20 {
		t.Error("the test tries too little")
	}
}

func wantCode(r *rapid.T, who *seat, err error, code judging.Code) {
	if judging.CodeOf(err) != code {
		r.Fatalf("%s: %v, want %s", who.name, err, code)
	}
}

// save compares an answer with what the model says, and reports whether the judge is asked.
func (a *account) save(r *rapid.T, who *seat, b, got judging.Ballot, err error) bool {
	now := ""
	if len(a.bases) > 0 {
		now = a.bases[len(a.bases)-1]
	}
	seen := a.aside[b.Mark]
	for _, m := range a.taken {
		seen = seen || m == b.Mark
	}
	switch {
	case seen && !a.aside[b.Mark]: // sent again: nothing happens
		if err != nil || got.Total != a.holds() {
			r.Fatalf("%s sends %s again: %v, %v, want %v", who.name, b.Mark, got.Total, err, a.holds())
		}
	case b.Base == now:
		if err != nil || got.Total != b.Total {
			r.Fatalf("%s saves %v on what holds: %v, %v", who.name, b.Total, got.Total, err)
		}
		a.taken, a.bases = append(a.taken, b.Mark), append(a.bases, got.Base)
	default:
		wantCode(r, who, err, judging.Clash)
		if got.Total != a.holds() {
			r.Fatalf("%s is asked over %v, want %v", who.name, got.Total, a.holds())
		}
		a.aside[b.Mark] = true
		return true
	}
	return false
}

// check compares what is kept of a work with the model.
func (a *account) check(r *rapid.T, h *roomtest.House, code judging.WorkCode) {
	all, err := h.Office.Scoring().Desk("j001").History(r.Context(), code)
	if err != nil {
		r.Fatal(err)
	}
	if len(all) != len(a.taken) {
		r.Fatalf("%d versions are kept, want %d", len(all), len(a.taken))
	}
	for i, v := range all {
		if v.Ballot.Total != a.total[a.taken[i]] {
			r.Errorf("version %d is %v, want %v", i, v.Ballot.Total, a.total[a.taken[i]])
		}
	}
}
