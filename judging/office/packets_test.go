package office_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
)

const phrase = "4821 0937 5516 2204 7730"

// away is a judge with a packet on another computer.
type away struct {
	t     *testing.T
	where packet.Place
	*packet.Packet
	sent int
}

// sendAway seals j001's packet and opens it.
func sendAway(t *testing.T, o *office.Office) *away {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "评审包"+packet.Ending)
	if _, err := o.Packets().SealPacket(t.Context(), "j001", path, packets.SealOptions{
		Passphrase: phrase,
	}, nil); err != nil {
		t.Fatal(err)
	}
	a := &away{t: t, where: packet.Place{File: path, Dir: filepath.Join(dir, "home"), Now: clock()}}
	p, err := packet.Open(t.Context(), a.where, phrase, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	a.Packet = p
	return a
}

// say scores the n-th work of the list with a share of the full marks.
func say(t *testing.T, b judging.Ballots, n int, share float64) judging.Ballot {
	t.Helper()
	d, err := b.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := d.Works[n]
	kept, err := b.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: fill(d.Rubrics[w.Category], share)})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// reply writes the reply as it is now.
func (a *away) reply() string {
	a.t.Helper()
	var out bytes.Buffer
	if err := a.Reply(&out); err != nil {
		a.t.Fatal(err)
	}
	a.sent++
	path := filepath.Join(filepath.Dir(a.where.File), judging.Serial("回执", 2, a.sent)+packet.ReplyEnding)
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		a.t.Fatal(err)
	}
	return path
}

func takeIn(t *testing.T, o *office.Office, path string, take scoring.Take) packets.ReplyReport {
	t.Helper()
	r, err := o.Packets().CollectReply(t.Context(), path, take)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantReport compares how many scores were changed, are to be decided on, and were refused.
func wantReport(t *testing.T, r packets.ReplyReport, changed, clashes, refused int) {
	t.Helper()
	if len(r.Changed) != changed || len(r.Clashes) != clashes || len(r.Refused) != refused {
		t.Errorf("%+v: want %d changed, %d clashes, %d refused", r, changed, clashes, refused)
	}
}

// holds expects that a desk has so many versions of a work, the last of them want.
func holds(t *testing.T, b judging.Ballots, want judging.Ballot, versions int) {
	t.Helper()
	all, err := b.History(t.Context(), want.Code)
	if err != nil || len(all) != versions || all[len(all)-1].Total != want.Total {
		t.Errorf("%+v, %v; want %d versions, the last of %v", all, err, versions, want.Total)
	}
}

func TestAPacketGoesOutAndItsReplyIsCountedOnce(t *testing.T) {
	o, _ := newDesk(t)
	early := say(t, o.Scoring().Desk("j001"), 0, 0.5)
	a := sendAway(t, o)
	holds(t, a, early, 1)
	d := firstDuty(t, o, "j001")
	var once judging.Ballot
	for n := range d.Works {
		if b := say(t, a, n, 0.8); n == 0 {
			once = b
		}
	}
	first := a.reply()
	twice := say(t, a, 0, 0.9)
	if err := a.Submit(t.Context(), phrase); err != nil {
		t.Fatal(err)
	}
	second := a.reply()

	r := takeIn(t, o, first, scoring.TakeNone)
	wantReport(t, r, len(d.Works), 0, 0)
	if r.Submitted || r.Read != len(d.Works) {
		t.Errorf("%+v", r)
	}
	holds(t, o.Scoring().Desk("j001"), once, 2)
	wantReport(t, takeIn(t, o, first, scoring.TakeNone), 0, 0, 0)
	r = takeIn(t, o, second, scoring.TakeNone)
	wantReport(t, r, 1, 0, 0)
	if !r.Submitted || !firstDuty(t, o, "j001").Submitted {
		t.Error("not handed in")
	}
	before, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{first, second} {
		wantReport(t, takeIn(t, o, path, scoring.TakeNone), 0, 0, 0)
	}
	if after, err := o.Journal(t.Context()); err != nil || len(after) != len(before) {
		t.Errorf("collecting again wrote %d entries, %v", len(after)-len(before), err)
	}
	holds(t, o.Scoring().Desk("j001"), twice, 3)
}

func TestWhereBothHaveNewScoresBothAreKeptAndSomebodyDecides(t *testing.T) {
	for take, versions := range map[scoring.Take]int{scoring.TakePacket: 2, scoring.TakeContest: 3} {
		o, desk := newDesk(t)
		a := sendAway(t, o)
		here, there := say(t, desk, 0, 0.6), say(t, a, 0, 0.8)
		say(t, a, 1, 0.7)
		path := a.reply()
		for range 2 { // until it is decided, it is reported each time
			r := takeIn(t, o, path, scoring.TakeNone)
			if len(r.Clashes) != 1 || r.Clashes[0].Contest.Total != here.Total ||
				r.Clashes[0].Packet.Total != there.Total || r.Clashes[0].Code != here.Code {
				t.Fatalf("%+v", r.Clashes)
			}
		}
		holds(t, desk, here, 1)
		if all, err := o.Scoring().Clashes(t.Context()); err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		if err := o.Scoring().ResolveClash(t.Context(), "j001", string(here.Code), take); err != nil {
			t.Fatal(err)
		}
		holds(t, desk, map[scoring.Take]judging.Ballot{
			scoring.TakePacket:  there,
			scoring.TakeContest: here,
		}[take], versions)
		if all, err := o.Scoring().Clashes(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("%+v, %v", all, err)
		}
		wantReport(t, takeIn(t, o, path, scoring.TakeNone), 0, 0, 0)
		wantCode(
			t, o.Scoring().ResolveClash(t.Context(), "j001", string(here.Code), take), judging.NotFound,
			"packet.no_clash",
		)
	}
}

func TestAClashCanBeDecidedInAdvance(t *testing.T) {
	o, desk := newDesk(t)
	a := sendAway(t, o)
	say(t, desk, 0, 0.6)
	there := say(t, a, 0, 0.8)
	wantReport(t, takeIn(t, o, a.reply(), scoring.TakePacket), 1, 0, 0)
	holds(t, desk, there, 2)
}

func TestTwoComputersWithOnePacketLoseNothing(t *testing.T) {
	o, desk := newDesk(t)
	a := sendAway(t, o)
	b := &away{t: t, where: a.where, sent: 10}
	b.where.Dir = t.TempDir()
	var err error
	if b.Packet, err = packet.Open(t.Context(), b.where, phrase, nil); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	first := say(t, a, 0, 0.8)
	say(t, b, 1, 0.7)
	say(t, b, 0, 0.6)
	wantReport(t, takeIn(t, o, a.reply(), scoring.TakeNone), 1, 0, 0)
	wantReport(t, takeIn(t, o, b.reply(), scoring.TakeNone), 1, 1, 0)
	holds(t, desk, first, 1)
}

func TestScoresThatNoLongerHaveAPlaceAreToldAndNotMerged(t *testing.T) {
	o, desk := newDesk(t)
	voided := say(t, desk, 1, 0.5)
	a := sendAway(t, o)
	recused := say(t, a, 0, 0.8)
	say(t, a, 1, 0.8)
	say(t, a, 2, 0.8)
	if _, err := o.Scoring().RecuseJudge(t.Context(), "j001", string(recused.Code), "亲属", ""); err != nil {
		t.Fatal(err)
	}
	if err := o.Scoring().VoidScore(t.Context(), "j001", string(voided.Code), "误评"); err != nil {
		t.Fatal(err)
	}
	r := takeIn(t, o, a.reply(), scoring.TakePacket)
	wantReport(t, r, 1, 0, 2)
	if r.Refused[0].Text != "packet.not_on_list" || r.Refused[1].Text != "packet.voided" {
		t.Errorf("%+v", r.Refused)
	}
}

func TestARepliesHomeIsItsOwnContest(t *testing.T) {
	o, _ := newDesk(t)
	a := sendAway(t, o)
	say(t, a, 0, 0.8)
	path := a.reply()
	other, _ := newDesk(t)
	_, err := other.Packets().CollectReply(t.Context(), path, scoring.TakeNone)
	wantCode(t, err, judging.Forbidden, "packet.not_sealed_here") // drawn alike in tests, the two have one identity
	_, err = o.Packets().CollectReply(t.Context(), a.where.File, scoring.TakeNone)
	wantCode(t, err, judging.Invalid, "packet.no_reply")
	_, err = o.Packets().CollectReply(t.Context(), path, "both")
	wantCode(t, err, judging.Invalid, "scores.bad_take")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(t.TempDir(), "回执"+packet.ReplyEnding)
	text := strings.Replace(string(data), string(a.Contest()), "ffffffffffffffff", 1)
	if err := os.WriteFile(foreign, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = o.Packets().CollectReply(t.Context(), foreign, scoring.TakeNone)
	wantCode(t, err, judging.Clash, "packet.foreign")
}

func TestNothingOfAuthorsIsInAPacket(t *testing.T) {
	o, _ := newDesk(t)
	a := sendAway(t, o)
	if _, err := os.Stat(a.where.File); err != nil {
		t.Fatal(err)
	}
	d, err := a.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range d.Works {
		for n := range w.Files {
			f, err := a.OpenFile(t.Context(), w.Code, n, 0)
			if err != nil {
				t.Fatal(err)
			}
			if data, err := io.ReadAll(f); err != nil || string(data) != "法者，治之端也。" {
				t.Errorf("%q, %v", data, err)
			}
			f.Close()
		}
	}
}
