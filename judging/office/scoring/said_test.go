package scoring

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// typedIn is a score that an organiser types, each time a statement of its own.
func typedIn(draw string, content, brush int) Incoming {
	return Incoming{Ballot: ballot("", content, brush), Source: judging.CLI, Draw: draw}
}

func TestAChangeTellsWhetherTheTotalWentDown(t *testing.T) {
	r := newRoom(t)
	for i, c := range []struct {
		content, brush int
		want           ScoreChange
		differs        bool
	}{
		{10, 12, ScoreChange{New: 22, First: true}, true},
		{12, 10, ScoreChange{Old: 22, New: 22}, true},
		{12, 10, ScoreChange{Old: 22, New: 22}, false},
		{12, 9, ScoreChange{Old: 22, New: 21, Lower: true}, true},
		{12, 11, ScoreChange{Old: 21, New: 23}, true},
	} {
		got, differs := r.accept(typedIn(fmt.Sprint(i), c.content, c.brush)).Change()
		c.want.Code, c.want.State = theCode, judging.Scored
		if got != c.want || differs != c.differs {
			t.Errorf("%d: %+v %v, want %+v %v", i, got, differs, c.want, c.differs)
		}
	}
	if n := r.journalled("scores.save"); n != 4 {
		t.Errorf("the journal tells %d scores of 4", n)
	}
}

func TestAClashIsAskedAboutWithItsTotals(t *testing.T) {
	says := func(s judging.BallotState, total float64) judging.Ballot {
		return judging.Ballot{Code: theCode, State: s, Total: total}
	}
	for _, c := range []struct {
		old, said judging.Ballot
		want      [2]string
	}{
		{says(judging.Scored, 22), says(judging.Started, 10), [2]string{"22", "10"}},
		{says(judging.Abstained, 0), says(judging.Recused, 0), [2]string{"–", "–"}},
	} {
		var known *judging.Error
		err := Outcome{Old: c.old, Said: c.said}.asked()
		if !errors.As(err, &known) || known.Args["Old"] != c.want[0] || known.Args["New"] != c.want[1] {
			t.Errorf("%v, want %v", err, c.want)
		}
	}
}

// journalled counts the entries of a verb.
func (r *room) journalled(verb string) (n int) {
	r.t.Helper()
	err := r.rec.DB.View(r.t.Context(), func(tx store.Tx) error {
		n = 0
		return records.Journal.Each(tx, func(e judging.Entry) error {
			if e.Verb == verb {
				n++
			}
			return nil
		})
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

func (r *room) clash() clashRecord {
	r.t.Helper()
	var c *clashRecord
	err := r.rec.DB.View(r.t.Context(), func(tx store.Tx) (err error) {
		c, err = loadClash(tx, 1, "j001", theCode)
		return err
	})
	if err != nil || c == nil {
		r.t.Fatal("nothing waits for a decision: ", err)
	}
	return *c
}

// waiting is what others see waiting for a decision.
func (r *room) waiting() (said []judging.ScoreVersion) {
	r.t.Helper()
	err := r.rec.DB.View(r.t.Context(), func(tx store.Tx) (err error) {
		said, err = Waiting(tx, 1, "j001", theCode)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return said
}

func TestWhatWaitsIsListedUntilItIsDecided(t *testing.T) {
	r := newRoom(t)
	if said := r.waiting(); len(said) != 0 {
		t.Errorf("%+v waits before anything was said", said)
	}
	r.accept(typedIn("m1", 10, 10))
	r.accept(r.fromAway("p1", "a1", TakeNone, 12, 12))
	if said, want := r.waiting(), r.clash().Versions; len(want) == 0 || !reflect.DeepEqual(said, want) {
		t.Errorf("%+v waits, want %+v", said, want)
	}
}

// fromAway is what a packet brings, sealed before anything was said.
func (r *room) fromAway(packet, mark string, take Take, content, brush int) Incoming {
	r.t.Helper()
	b, err := ballot("", content, brush).Complete(r.in.Rules.RubricOf("书法"), false)
	if err != nil {
		r.t.Fatal(err)
	}
	b.Mark = mark
	said := []judging.ScoreVersion{{Ballot: b, At: r.now, By: "j001", Source: judging.Packet}}
	in := Incoming{Source: judging.Packet, Take: take, Packet: &PacketSaid{ID: packet, Versions: said}}
	in.Base = judging.NoScore
	return in
}

func TestEachClashIsInTheJournalAndNamesItsPacket(t *testing.T) {
	r := newRoom(t)
	r.accept(typedIn("x", 10, 12))
	row := Incoming{Ballot: ballot(judging.NoScore, 11, 12), Source: judging.Sheet}
	away := r.fromAway("p7", "0a", TakeNone, 15, 15)
	for i, in := range []Incoming{row, away, away} { // what waits already is not said again
		if out := r.accept(in); out.Fate != Clashing {
			t.Fatalf("%d: %s", i, out.Fate)
		}
	}
	if n := r.journalled("packet.clash"); n != 2 {
		t.Errorf("the journal tells %d clashes of 2", n)
	}
	row.Ballot = ballot(judging.NoScore, 9, 9)
	r.accept(row) // of no packet
	if c := r.clash(); c.Packet != "p7" || len(c.Versions) != 3 {
		t.Errorf("packet %q, %d wait", c.Packet, len(c.Versions))
	}
	before := r.journalled("packet.clash")
	if out := r.accept(typedIn("y", 9, 9)); out.Fate != Taken {
		t.Fatalf("typed over what was typed: %s", out.Fate)
	}
	if c := r.clash(); len(c.Versions) != 2 {
		t.Errorf("what says the same as the score that holds still waits: %d", len(c.Versions))
	}
	if n := r.journalled("packet.clash"); n != before {
		t.Errorf("the journal tells a clash where one was settled: %d, before %d", n, before)
	}
}

func TestAnAnswerThatFitsNothingDecidesNothing(t *testing.T) {
	r := newRoom(t)
	r.accept(typedIn("x", 10, 12))
	r.accept(r.fromAway("p7", "0a", TakeNone, 15, 15))
	for _, take := range []Take{TakeSheet, TakeDesk, TakeNone, "0b"} {
		err := r.rec.DB.View(t.Context(), func(tx store.Tx) error {
			c, err := loadClash(tx, 1, "j001", theCode)
			if err == nil {
				_, err = c.resolve(tx, r.in, take)
			}
			return err
		})
		var known *judging.Error
		if !errors.As(err, &known) || known.Text != "scores.bad_take" {
			t.Errorf("%q: %v", take, err)
		}
	}
}

// A packet of which a mark is blank says no more than a whole score: only who asks for it loses the mark.
func TestAPacketThatSaysLessTakesNothingAway(t *testing.T) {
	for take, want := range map[Take]int{TakeNone: 12, TakeContest: 12, TakePacket: -1} {
		r := newRoom(t)
		r.accept(typedIn("x", 10, 12))
		if out := r.accept(r.fromAway("p7", "0a", take, 10, -1)); out.Fate != Taken {
			t.Errorf("%q: %s", take, out.Fate)
		}
		r.wantNow(fmt.Sprintf("%q", take), 10, want)
	}
}

func TestAScoreBroughtAgainIsTakenOnlyWhereItIsAskedFor(t *testing.T) {
	r := newRoom(t)
	row := Incoming{Ballot: ballot(judging.NoScore, 11, 12), Source: judging.Sheet}
	r.accept(row)
	r.accept(Incoming{Ballot: ballot(r.base(), 12, 12), Source: judging.Desk, Draw: "x"})
	for _, take := range []Take{TakeNone, TakeDesk} {
		row.Take = take
		if out := r.accept(row); out.Fate != Stale {
			t.Errorf("%q: %s", take, out.Fate)
		}
	}
	row.Take = TakeSheet
	if out := r.accept(row); out.Fate != Taken {
		t.Errorf("asked for: %s", out.Fate)
	}
	r.wantNow("asked for", 11, 12)
}

// An abstention by sheet or typed in asks for its reason; the desk has asked for it.
func TestAnAbstentionNeedsAReasonWhereItCanStillBeAsked(t *testing.T) {
	for _, state := range []judging.BallotState{judging.Abstained, judging.Recused} {
		for source, asks := range map[judging.Source]bool{
			judging.Sheet: true, judging.CLI: true, judging.Desk: false,
		} {
			for _, reason := range []string{"", "亲属"} {
				r := newRoom(t)
				b := judging.Ballot{Code: theCode, State: state, Reason: reason, Base: judging.NoScore}
				out := r.accept(Incoming{Ballot: b, Source: source, Draw: "x"})
				if got := out.Fate == Refused; got != (asks && reason == "") {
					t.Errorf("%s %s %q: %s %v", source, state, reason, out.Fate, out.Reason)
				}
			}
		}
	}
}

// A packet that was sealed under other rules is refused, whichever of its statements they changed.
func TestAPacketOfOtherRulesIsRefused(t *testing.T) {
	for name, change := range map[string]func(v *judging.ScoreVersion){
		"another total":       func(v *judging.ScoreVersion) { v.Total = 99 },
		"a mark beyond scale": func(v *judging.ScoreVersion) { v.Marks = map[string]float64{"内容": 21, "笔法": 1} },
	} {
		for i := range 2 {
			r := newRoom(t)
			in := r.fromAway("p7", "0a", TakeNone, 10, 12)
			second := in.Packet.Versions[0]
			second.Mark = "0b"
			in.Packet.Versions = append(in.Packet.Versions, second)
			change(&in.Packet.Versions[i])
			if out := r.accept(in); out.Fate != Refused {
				t.Errorf("%s, in the statement %d: %s", name, i, out.Fate)
			}
			if s, _ := r.look(); len(s.Versions) != 0 {
				t.Errorf("%s: %d versions are kept", name, len(s.Versions))
			}
		}
	}
}

// A desk whose form is older than its own last save is on what it saved itself.
func TestADeskFollowsItsOwnLastWord(t *testing.T) {
	form := func(last string) Incoming {
		return Incoming{Ballot: ballot(judging.NoScore, 11, 12), Source: judging.Desk, Draw: "y", Last: last}
	}
	r := newRoom(t)
	r.accept(Incoming{Ballot: ballot(judging.NoScore, 10, 12), Source: judging.Desk, Draw: "x"})
	own := r.base()
	if out := r.accept(form("")); out.Fate != Clashing {
		t.Errorf("a desk that remembers nothing: %s", out.Fate)
	}
	if out := r.accept(form(own)); out.Fate != Taken {
		t.Errorf("a desk that remembers its last save: %s", out.Fate)
	}
	r = newRoom(t)
	r.accept(Incoming{Ballot: ballot(judging.NoScore, 10, 12), Source: judging.Desk, Draw: "x"})
	own = r.base()
	r.accept(Incoming{Ballot: ballot(own, 9, 9), Source: judging.CLI, Draw: "z"})
	if out := r.accept(form(own)); out.Fate != Clashing {
		t.Errorf("somebody else spoke since: %s", out.Fate)
	}
}

// The same ballot once more says something where its judge was asked to look again: that they stay by it. An old sheet
// that says the same, and a second judge's work, confirm nothing.
func TestTheSameBallotConfirmsOnlyWhereItsJudgeWasAsked(t *testing.T) {
	for name, c := range map[string]struct {
		from  judging.Source
		open  bool
		exit  judging.DisputeExit
		later bool // it was opened after the score, not before
		base  string
		fate  Fate
	}{
		"asked to look again":          {judging.Desk, true, judging.Rescore, true, "", Taken},
		"a row left as it was":         {judging.Sheet, true, judging.Rescore, true, "", Known},
		"asked before that score":      {judging.Desk, true, judging.Rescore, false, "", Known},
		"not asked":                    {judging.Desk, false, judging.Rescore, true, "", Known},
		"another judge is to be added": {judging.Desk, true, judging.Third, true, "", Known},
		"an old sheet":                 {judging.Desk, true, judging.Rescore, true, judging.NoScore, Known},
	} {
		r := newRoom(t)
		r.accept(typedIn("x", 10, 12))
		s, _ := r.look()
		at := s.Now().At.Add(time.Second)
		if !c.later {
			at = s.Now().At.Add(-time.Second)
		}
		again := records.Reopening{Round: 1, Work: "w000001", Exit: c.exit, Open: c.open, At: at}
		err := r.rec.Change(t.Context(), records.Scoring, func(tx store.Tx) error {
			return records.Reopenings.Put(tx, again)
		})
		if err != nil {
			t.Fatal(err)
		}
		if c.base == "" {
			c.base = r.base()
		}
		in := Incoming{Ballot: ballot(c.base, 10, 12), Source: c.from}
		if out := r.accept(in); out.Fate != c.fate {
			t.Errorf("%s: %s, want %s", name, out.Fate, c.fate)
		}
	}
}

// A desk's statement keeps the mark that the desk drew, but for one that says otherwise under a mark used before.
func TestADesksMarkIsKeptUnlessItWasUsed(t *testing.T) {
	r := newRoom(t)
	for i, content := range []int{10, 11} {
		in := Incoming{Ballot: ballot(r.base(), content, 12), Source: judging.Desk, Draw: "x"}
		in.Mark = "0abc"
		if out := r.accept(in); out.Fate != Taken {
			t.Fatalf("%d: %s", i, out.Fate)
		}
		if s, _ := r.look(); (s.Now().Mark == "0abc") != (i == 0) || len(s.Versions) != i+1 {
			t.Errorf("%d: mark %s of %d versions", i, s.Now().Mark, len(s.Versions))
		}
	}
}

func TestTheJournalNamesFlagsWhereThereAreSome(t *testing.T) {
	with := judging.Ballot{State: judging.Scored, Flags: []judging.Flag{judging.Copied}}
	if got := scoreGist(with); got["flags"] == nil {
		t.Errorf("%v", got)
	}
	if got, some := scoreGist(judging.Ballot{State: judging.Scored})["flags"]; some {
		t.Errorf("%v", got)
	}
}

// What comes by a desk, a typist or a simulation comes in the order in which it was made; sheets and replies come in
// any.
func TestOnlySomeWaysKeepTheOrder(t *testing.T) {
	for source, keeps := range map[judging.Source]bool{
		judging.Desk: true, judging.CLI: true, judging.Sim: true, judging.Sheet: false, judging.Packet: false,
	} {
		if inOrder(source, source) != keeps {
			t.Errorf("%s: %v", source, !keeps)
		}
		for _, other := range []judging.Source{judging.Desk, judging.CLI, judging.Sim, judging.Sheet, judging.Packet} {
			if other != source && inOrder(source, other) {
				t.Errorf("%s after %s is in order", source, other)
			}
		}
	}
}

// Of a packet's statements only the last of those that follow each other waits; those of two packets wait both. A
// packet of an earlier version does not say what its statements were made on: then the last that was brought waits.
func TestOfAPacketTheLastWordWaits(t *testing.T) {
	said := func(mark, base string, source judging.Source) judging.ScoreVersion {
		v := judging.ScoreVersion{Source: source}
		v.Mark, v.Base = mark, base
		return v
	}
	for name, c := range map[string]struct {
		all  []judging.ScoreVersion
		want []int
	}{
		"one on the other": {[]judging.ScoreVersion{said("a", "x", judging.Packet), said("b", "a", judging.Packet)},
			[]int{1}},
		"two packets": {[]judging.ScoreVersion{said("a", "x", judging.Packet), said("b", "x", judging.Packet)},
			[]int{0, 1}},
		"an earlier version first": {[]judging.ScoreVersion{said("a", "", judging.Packet),
			said("b", "x", judging.Packet)}, []int{1}},
		"an earlier version last": {[]judging.ScoreVersion{said("a", "x", judging.Packet),
			said("b", "", judging.Packet)}, []int{1}},
		"a sheet among them": {[]judging.ScoreVersion{said("a", "", judging.Packet), said("b", "", judging.Sheet)},
			[]int{0, 1}},
	} {
		var got []int
		for _, v := range (clashRecord{Versions: c.all}).candidates() {
			got = append(got, slices.IndexFunc(c.all, func(o judging.ScoreVersion) bool { return o.Mark == v.Mark }))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
