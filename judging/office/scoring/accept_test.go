package scoring

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

const theCode judging.WorkCode = "SF-0001"

// room is one judge with one work, on a store of its own.
type room struct {
	t   testing.TB
	rec *records.Records
	in  Duty
	now time.Time
}

func newRoom(t *testing.T) *room {
	r := &room{t: t, now: time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)}
	r.rec = &records.Records{DB: judgetest.OpenStrict(t), Actor: "organiser", Changes: records.NewBell(),
		Now: func() time.Time { r.now = r.now.Add(time.Second); return r.now }}
	rubric := judging.Rubric{
		Scale:    40,
		Step:     1,
		Criteria: []judging.Criterion{{Name: "内容", Weight: 20}, {Name: "笔法", Weight: 20}},
	}
	r.in = Duty{Plan: judging.Plan{ID: "p001", Round: 1, Version: "a"}, Judge: judging.Judge{ID: "j001", Name: "王评"},
		Works: []judging.Work{{ID: "w000001", Code: theCode, Title: "甲", Category: "书法"}}}
	r.in.Rules.Categories = []judging.Category{{Name: "书法", Rubric: "书法"}}
	r.in.Rules.Rubrics = []judging.NamedRubric{{Name: "书法", Rubric: rubric}}
	return r
}

func (r *room) accept(in Incoming) Outcome {
	r.t.Helper()
	in.Code = theCode
	var out Outcome
	err := r.rec.Change(
		r.t.Context(), records.Scoring,
		func(tx store.Tx) (err error) { out, err = Accept(r.rec, tx, r.in, in); return err },
	)
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *room) look() (s judging.Score, waiting []judging.ScoreVersion) {
	err := r.rec.DB.View(r.t.Context(), func(tx store.Tx) (err error) {
		if s, err = r.in.LoadScore(tx, r.in.Works[0]); err != nil {
			return err
		}
		c, err := loadClash(tx, 1, "j001", theCode)
		if c != nil {
			waiting = c.Versions
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return s, waiting
}

// ballot gives marks to the two criteria; below 0 leaves one blank.
func ballot(base string, content, brush int) judging.Ballot {
	b := judging.Ballot{Code: theCode, Base: base}
	for name, v := range map[string]int{"内容": content, "笔法": brush} {
		if v >= 0 {
			if b.Marks == nil {
				b.Marks = map[string]float64{}
			}
			b.Marks[name] = float64(v)
		}
	}
	return b
}

func (r *room) wantNow(what string, content, brush int) {
	r.t.Helper()
	s, _ := r.look()
	want := ballot("", content, brush)
	if !maps.Equal(s.Now().Marks, want.Marks) {
		r.t.Errorf("%s: %v holds, want %v", what, s.Now().Marks, want.Marks)
	}
}

func TestWhatAScoreWasMadeOnDecides(t *testing.T) {
	const none, no = judging.NoScore, false
	typed := func(base string, a, b int) Incoming {
		return Incoming{Ballot: ballot(base, a, b), Source: judging.CLI, Draw: "x"}
	}
	row := func(base string, a, b int) Incoming {
		return Incoming{Ballot: ballot(base, a, b), Source: judging.Sheet}
	}
	desk := func(base string, a, b int) Incoming {
		return Incoming{Ballot: ballot(base, a, b), Source: judging.Desk, Draw: "x"}
	}
	for name, c := range map[string]struct {
		first, second Incoming
		on            bool // the second is made on the first
		fate          Fate
		content, pen  int // that hold then
	}{
		"a row on the score that holds":             {typed("", 10, 12), row("", 11, 12), true, Taken, 11, 12},
		"a row of a sheet that knew of none":        {typed("", 10, 12), row(none, 11, 12), no, Clashing, 10, 12},
		"a row of a sheet that tells no base":       {typed("", 10, 12), row("", 11, 12), no, Clashing, 10, 12},
		"a row that says the same":                  {typed("", 10, 12), row("", 10, 12), no, Known, 10, 12},
		"a row that fills in a blank":               {desk("", 10, -1), row(none, -1, 12), no, Taken, 10, 12},
		"a row with a blank cell":                   {typed("", 10, 12), row("", -1, 12), no, Known, 10, 12},
		"a blank row, though the sheet is the last": {typed("", 10, 12), row("", -1, -1), true, Known, 10, 12},
		"a blank row and another mark":              {typed("", 10, 12), row("", -1, 13), no, Clashing, 10, 12},
		"typed over what was typed":                 {typed("", 10, 12), typed("", 11, 12), no, Taken, 11, 12},
		"typed over a row":                          {row("", 10, 12), typed("", 11, 12), no, Clashing, 10, 12},
		"typed over the desk":                       {desk("", 10, 12), typed("", 11, 12), no, Clashing, 10, 12},
		"an old form at the desk":                   {typed("", 10, 12), desk(none, 11, 12), no, Clashing, 10, 12},
		"an emptied form at the desk":               {desk("", 10, 12), desk("", -1, -1), true, Taken, -1, -1},
		"an old form, emptied":                      {typed("", 10, 12), desk(none, -1, -1), no, Known, 10, 12},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			one := r.accept(c.first)
			if one.Fate != Taken {
				t.Fatalf("the first is %s: %v", one.Fate, one.Reason)
			}
			if c.on {
				c.second.Base = one.Kept.Base
			}
			if two := r.accept(c.second); two.Fate != c.fate {
				t.Errorf("the second is %s, want %s", two.Fate, c.fate)
			}
			r.wantNow("then", c.content, c.pen)
			if again := r.accept(c.second); c.second.Source == judging.Sheet && again.Fate == Taken {
				t.Error("the same row was taken twice")
			}
			r.wantNow("said again", c.content, c.pen)
			_, waiting := r.look()
			if (c.fate == Clashing) != (len(waiting) == 1) {
				t.Errorf("%d statements wait", len(waiting))
			}
		})
	}
}

func TestAMarkOfTheMakerIsTakenOnce(t *testing.T) {
	r := newRoom(t)
	b := ballot(judging.NoScore, 10, 12)
	b.Mark = "browser-1"
	first := r.accept(Incoming{Ballot: b, Source: judging.Desk})
	r.accept(Incoming{Ballot: ballot(first.Kept.Base, 15, 12), Source: judging.Desk, Draw: "y"})
	if again := r.accept(Incoming{Ballot: b, Source: judging.Desk}); again.Fate != Stale {
		t.Errorf("sent again after a change: %s", again.Fate)
	}
	r.wantNow("sent again", 15, 12)
	b.Marks = map[string]float64{"内容": 1, "笔法": 1} // a maker that uses a mark twice does not lose what it says
	if other := r.accept(Incoming{Ballot: b, Source: judging.Desk}); other.Fate != Clashing {
		t.Errorf("another statement under the same mark: %s", other.Fate)
	}
}

func TestLocksAreCheckedInTheSameTransaction(t *testing.T) {
	r := newRoom(t)
	r.accept(Incoming{Ballot: ballot("", 10, 12), Source: judging.CLI})
	err := r.rec.Change(t.Context(), records.Scoring, func(tx store.Tx) error {
		return records.Seats.Put(tx, records.Seat{Round: 1, Judge: "j001", Submitted: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []judging.Source{judging.Desk, judging.Sheet, judging.CLI, judging.Sim} {
		out := r.accept(
			Incoming{Ballot: ballot("", 11, 12), Source: source, Take: TakeOf(source)},
		) // r.in was read before
		if out.Fate != Refused || judging.CodeOf(out.Reason) != judging.Closed {
			t.Errorf("%s: %s %v", source, out.Fate, out.Reason)
		}
		if out := r.accept(Incoming{Ballot: ballot("", 10, 12), Source: source}); out.Fate != Known {
			t.Errorf("%s, the same: %s", source, out.Fate)
		}
	}
	r.wantNow("locked", 10, 12)
}

// stored is a score and a clash as a contest of version 1.0 keeps them, before scores had marks and bases.
func stored(t *testing.T) (s judging.Score, c clashRecord) {
	for path, to := range map[string]any{"testdata/score-v1.json": &s, "testdata/clash-v1.json": &c} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, to); err != nil {
			t.Fatal(err)
		}
	}
	return s, c
}

func TestScoresOfOlderProgramsHaveAnIDThatStays(t *testing.T) {
	r := newRoom(t)
	old, clash := stored(t)
	if got, want := old.Base(), "vcf"; got == want || got[:1] != "v" {
		t.Errorf("base %s", got)
	}
	if old.Versions[1].ID() != "5f1c0a2b3c4d5e6f" {
		t.Error("a packet's mark is its version's ID")
	}
	err := r.rec.Change(t.Context(), records.Scoring, func(tx store.Tx) error {
		return records.FirstError(records.Scores.Put(tx, old), clashes.Put(tx, clash))
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, waiting := r.look()
	if kept.Base() != old.Base() || len(waiting) != 1 {
		t.Errorf("stored and read: %s, %d wait", kept.Base(), len(waiting))
	}
	if out := r.accept(Incoming{Ballot: ballot(old.Base(), 14, 12), Source: judging.Sheet}); out.Fate != Taken {
		t.Errorf("a row made on it: %s", out.Fate)
	}
	if _, waiting := r.look(); len(waiting) != 1 {
		t.Error("what waited for a decision is gone")
	}
}

func TestRepliesOfOlderProgramsAreCountedInsteadOfNamed(t *testing.T) {
	for name, c := range map[string]struct {
		before int
		fate   Fate
	}{"sealed after the score": {1, Taken}, "sealed before it": {0, Clashing}} {
		r := newRoom(t)
		r.accept(Incoming{Ballot: ballot("", 10, 12), Source: judging.CLI})
		b, err := ballot("", 15, 15).Complete(r.in.Rules.RubricOf("书法"), false)
		if err != nil {
			t.Fatal(err)
		}
		b.Mark, b.Base = "0a0b", ""
		said := []judging.ScoreVersion{{Ballot: b, At: r.now, By: "j001", Source: judging.Packet}}
		in := Incoming{Source: judging.Packet, Packet: &PacketSaid{ID: "p", Versions: said, Before: c.before}}
		for range 2 {
			if out := r.accept(in); out.Fate != c.fate && out.Fate != Known {
				t.Errorf("%s: %s, want %s", name, out.Fate, c.fate)
			}
		}
		_, waiting := r.look()
		if want := c.fate == Clashing; want != (len(waiting) == 1) {
			t.Errorf("%s: %d wait", name, len(waiting))
		}
	}
}

// statement is what one maker says, for both sides: below 0 a cell is blank.
type statement struct {
	in   Incoming
	a, b int
}

// plain is what the rules say, in plain words: two cells, who said them, and what waits.
type plain struct {
	a, b    int
	version int
	by      judging.Source
	ids     map[string]int // base -> version
	taken   map[string]bool
	waiting map[waits]string // -> key
	acked   []statement
	replied int // statements of the packet that are in the history
}

// waits is a statement that waits for a decision: the same words by the same way wait once.
type waits struct {
	by   judging.Source
	a, b int
}

func (s statement) key() string { return fmt.Sprint(s.in.Source, s.in.Base, s.a, s.b) }

func (p *plain) arrives(s statement) (fate Fate, a, b int) {
	fill := func(v, was int) int {
		if v < 0 {
			return was
		}
		return v
	}
	a, b = fill(s.a, p.a), fill(s.b, p.b)
	version, known := p.ids[s.in.Base]
	on := known && version == p.version || s.in.Base == "" && s.in.Source == p.by && p.by == judging.CLI
	if s.in.Source == judging.Desk && on {
		a, b = s.a, s.b
	}
	adds := (p.a < 0 || a == p.a) && (p.b < 0 || b == p.b)
	switch {
	case a == p.a && b == p.b:
		return Known, p.a, p.b
	case s.in.Source == judging.Sheet && p.taken[s.key()]:
		return Stale, p.a, p.b
	case on || adds:
		return Taken, a, b
	}
	w := waits{s.in.Source, a, b}
	if s.in.Source == judging.Desk {
		w.a, w.b = s.a, s.b
	}
	if _, waits := p.waiting[w]; !waits {
		p.waiting[w] = s.key()
	}
	return Clashing, p.a, p.b
}

// TestNoScoreIsLostOrChangedUnasked brings statements in any order: forms at the desk, rows of sheets old and new,
// typed scores, all of them also twice, and decides some of the clashes, against a model that knows nothing of how
// scores are kept.
func TestNoScoreIsLostOrChangedUnasked(t *testing.T) {
	r := newRoom(t)
	works := 0
	rapid.Check(t, func(rt *rapid.T) {
		works++
		r.in.Works[0].ID = judging.WorkID(judging.Serial("w", 6, works))
		err := r.rec.Change(
			t.Context(), records.Scoring,
			func(tx store.Tx) error { return clashes.Delete(tx, clashID(1, "j001", theCode)) },
		)
		if err != nil {
			rt.Fatal(err)
		}
		p := &plain{
			a:       -1,
			b:       -1,
			ids:     map[string]int{judging.NoScore: 0},
			taken:   map[string]bool{},
			waiting: map[waits]string{},
		}
		bases := []string{judging.NoScore, ""}
		var said []statement
		away := PacketSaid{ID: "p"}
		for i := range rapid.IntRange(3, 14).Draw(rt, "steps") {
			cell := rapid.IntRange(-1, 3)
			s := statement{a: cell.Draw(rt, "a"), b: cell.Draw(rt, "b")}
			source := rapid.SampledFrom(
				[]judging.Source{judging.Desk, judging.Sheet, judging.Sheet, judging.CLI, judging.Packet},
			).Draw(
				rt,
				"source",
			)
			if source == judging.Packet {
				r.reply(rt, p, &away, s)
				p.ids[r.base()] = p.version
				continue
			}
			base := rapid.SampledFrom(bases).Draw(rt, "base")
			if source == judging.CLI {
				base = ""
			} else if source == judging.Desk && base == "" {
				base = bases[len(bases)-1]
			}
			s.in = Incoming{Ballot: ballot(base, s.a, s.b), Source: source}
			if source != judging.Sheet {
				s.in.Draw = fmt.Sprint(i)
			} else if n := len(said); n > 0 && rapid.Bool().Draw(rt, "again") {
				s = said[rapid.IntRange(0, n-1).Draw(rt, "which")]
			}
			r.step(rt, p, s)
			if s.in.Source == judging.Sheet {
				said = append(said, s)
			}
			if rapid.IntRange(0, 2).Draw(rt, "decide") == 0 {
				r.decide(rt, p)
			}
			if base := r.base(); !slices.Contains(bases, base) {
				bases = append(bases, base)
			}
			p.ids[r.base()] = p.version
		}
	})
}

func (r *room) base() string {
	held, _ := r.look()
	return held.Base()
}

// reply adds a statement to what the packet said, or not, and brings its reply: always the whole history, sealed
// before the first score.
func (r *room) reply(rt *rapid.T, p *plain, away *PacketSaid, s statement) {
	if n := len(away.Versions); n == 0 || rapid.Bool().Draw(rt, "more") {
		b, err := ballot(judging.NoScore, s.a, s.b).Complete(r.in.Rules.RubricOf("书法"), false)
		if err != nil {
			rt.Fatal(err)
		}
		b.Mark = fmt.Sprintf("%d-%d", len(p.acked), n)
		away.Versions = append(
			away.Versions,
			judging.ScoreVersion{Ballot: b, At: r.now, By: "j001", Source: judging.Packet},
		)
	}
	last := away.Versions[len(away.Versions)-1]
	a, b := cellOf(last, "内容"), cellOf(last, "笔法")
	in := Incoming{Source: judging.Packet, Packet: away}
	in.Base = judging.NoScore
	got := r.accept(in)
	same, adds := a == p.a && b == p.b, (p.a < 0 || a == p.a) && (p.b < 0 || b == p.b)
	less := (a < 0 || a == p.a) && (b < 0 || b == p.b)
	want := Clashing
	switch {
	case p.replied == len(away.Versions):
		want = Known
	case p.version == 0 || p.by == judging.Packet || same || adds:
		want = Taken
		p.by, p.a, p.b, p.replied = judging.Packet, a, b, len(away.Versions)
		p.version++
		maps.DeleteFunc(
			p.waiting,
			func(w waits, _ string) bool { return w.by == judging.Packet || w.a == a && w.b == b },
		)
	case less:
		want = Taken // into the history only
		p.replied = len(away.Versions)
		maps.DeleteFunc(
			p.waiting,
			func(w waits, _ string) bool { return w.by == judging.Packet || w.a == p.a && w.b == p.b },
		)
	default:
		p.waiting[waits{judging.Packet, a, b}] = "packet"
	}
	if got.Fate != want {
		rt.Fatalf(
			"a packet with %d statements, %d known, last %d,%d over %d,%d: %s, want %s (%v)",
			len(away.Versions),
			p.replied,
			a,
			b,
			p.a,
			p.b,
			got.Fate,
			want,
			got.Reason,
		)
	}
	p.acked = append(p.acked, statement{a: a, b: b, in: Incoming{Ballot: last.Ballot, Source: judging.Packet}})
	r.compare(rt, p)
}

func cellOf(v judging.ScoreVersion, name string) int {
	if mark, given := v.Marks[name]; given {
		return int(mark)
	}
	return -1
}

// step brings a statement to both sides and compares.
func (r *room) step(rt *rapid.T, p *plain, s statement) {
	want, a, b := Known, p.a, p.b
	if before, _ := r.look(); !r.asWritten(s, before) {
		want, a, b = p.arrives(s)
	}
	got := r.accept(s.in)
	if got.Fate != want {
		rt.Fatalf(
			"%s %v on %q over %d,%d: %s, want %s (%v)",
			s.in.Source,
			s.in.Marks,
			s.in.Base,
			p.a,
			p.b,
			got.Fate,
			want,
			got.Reason,
		)
	}
	if want == Taken {
		p.a, p.b, p.by = a, b, s.in.Source
		p.version++
	}
	if want == Taken || want == Clashing {
		p.acked = append(p.acked, s)
	}
	if want == Taken {
		p.taken[s.key()] = true
		maps.DeleteFunc(p.waiting, func(w waits, _ string) bool { return w.a == p.a && w.b == p.b })
	}
	r.compare(rt, p)
}

// asWritten reports whether a row says what the version it was written on said: then its judge said nothing.
func (r *room) asWritten(s statement, held judging.Score) bool {
	for _, v := range held.Versions {
		if s.in.Source == judging.Sheet && v.ID() == s.in.Base {
			for name, mark := range s.in.Marks {
				if was, given := v.Marks[name]; !given || was != mark {
					return false
				}
			}
			return true
		}
	}
	return false
}

// decide settles what waits: by a statement of the list, or by the score that holds.
func (r *room) decide(rt *rapid.T, p *plain) {
	_, all := r.look()
	waiting := clashRecord{Versions: all}.candidates()
	if len(waiting) == 0 {
		return
	}
	for _, v := range all {
		if v.Source == judging.Packet {
			p.replied++
		}
	}
	chosen := rapid.IntRange(-1, len(waiting)-1).Draw(rt, "chosen")
	take := TakeContest
	if chosen >= 0 {
		take = Take(waiting[chosen].ID())
		v := waiting[chosen]
		p.a, p.b, p.by = cellOf(v, "内容"), cellOf(v, "笔法"), v.Source
	}
	p.version++
	for _, key := range p.waiting {
		p.taken[key] = true
	}
	clear(p.waiting)
	err := r.rec.Change(r.t.Context(), records.Scoring, func(tx store.Tx) error {
		c, err := loadClash(tx, 1, "j001", theCode)
		if err != nil {
			return err
		}
		m, err := c.resolve(tx, r.in, take)
		return records.FirstError(err, Stage{r.rec}.keepMerge(tx, r.in, m))
	})
	if err != nil {
		rt.Fatal(err)
	}
	if _, left := r.look(); len(left) > 0 {
		rt.Fatalf("%d still wait after a decision", len(left))
	}
	r.compare(rt, p)
}

// compare holds the store against the model: the score that holds, and every statement acknowledged.
func (r *room) compare(rt *rapid.T, p *plain) {
	held, waiting := r.look()
	if want := ballot("", p.a, p.b); !maps.Equal(held.Now().Marks, want.Marks) {
		rt.Fatalf("%v holds, want %v", held.Now().Marks, want.Marks)
	}
	for _, s := range p.acked {
		found := slices.ContainsFunc(slices.Concat(held.Versions, waiting), func(v judging.ScoreVersion) bool {
			for name, mark := range s.in.Marks {
				if v.Marks[name] != mark {
					return false
				}
			}
			return true
		})
		if !found {
			rt.Fatalf("%s %v was acknowledged and is gone", s.in.Source, s.in.Marks)
		}
	}
}
