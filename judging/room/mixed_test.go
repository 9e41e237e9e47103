package room_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"math"
	mathrand "math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// mixed is a contest whose twelve judges score in every way there is: two in browsers, four on devices that speak the
// room's protocol, three at home with packets, three at the office's own desk.
type mixed struct {
	*testing.T
	*roomtest.House

	lists map[judging.JudgeID]judging.Duties // of those in browsers

	mu   sync.Mutex
	said map[judging.JudgeID]given
}

var (
	inBrowsers = []judging.JudgeID{"j001", "j002"}
	onDevices  = []judging.JudgeID{"j003", "j004", "j005", "j006"}
	atHome     = []judging.JudgeID{"j007", "j008", "j009"}
	atDesk     = []judging.JudgeID{"j010", "j011", "j012"}
)

// TestAContestIsScoredInEveryWayAtOnce has all judges score, kills the room's program meanwhile, closes the room, reads
// the replies and decides the awards. What holds is what was said, and the places are those of a calculation that
// knows nothing of this program. The short form has few works and kills.
func TestAContestIsScoredInEveryWayAtOnce(t *testing.T) {
	works, kills := 60, 20
	if testing.Short() {
		works, kills = 12, 3
	}
	addr := networkAddress(t)
	m := &mixed{T: t, said: map[judging.JudgeID]given{}, House: roomtest.NewContest(t, roomtest.Contest{
		Works: works, Judges: 12, PerWork: 5,
	})}
	home := m.sendHome()
	m.lists = map[judging.JudgeID]judging.Duties{}
	for _, j := range inBrowsers {
		m.lists[j] = listOf(t, m.House, j)
	}
	if err := m.Office.Close(); err != nil {
		t.Fatal(err)
	}
	m.At = "http://" + addr
	room := newProgram(t, m.Dir, addr)
	var all sync.WaitGroup
	for _, j := range onDevices {
		all.Go(func() { m.score(j, m.device(j), "") })
	}
	for j, p := range home {
		all.Go(func() { m.score(j, p, mixedPhrase) })
	}
	for range kills {
		time.Sleep(time.Duration(20+mathrand.IntN(300)) * time.Millisecond)
		room.kill()
		room.start()
	}
	m.browse(room)
	all.Wait()
	room.stop()
	o, err := roomtest.Reopen(t.Context(), m.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for _, j := range atDesk {
		m.score(j, o.Scoring().Desk(j), "")
	}
	for j, p := range home {
		path := filepath.Join(t.TempDir(), string(j)+packet.ReplyEnding)
		if err := p.WriteReply(path); err != nil {
			t.Fatal(err)
		}
		if r, err := o.Packets().CollectReply(t.Context(), path, scoring.TakeNone); err != nil || len(r.Refused) > 0 {
			t.Fatalf("%s: %+v, %v", j, r, err)
		}
	}
	m.checkScores(o)
	m.checkJournal(o)
	m.checkPlaces(o)
}

const mixedPhrase = "4821 0937 5516 2204 7730"

// sendHome seals and opens the packets of the judges at home.
func (m *mixed) sendHome() map[judging.JudgeID]*packet.Packet {
	m.Helper()
	out := map[judging.JudgeID]*packet.Packet{}
	for _, j := range atHome {
		dir := m.TempDir()
		path := filepath.Join(dir, "评审包"+packet.Ending)
		_, err := m.Office.Packets().SealPacket(m.Context(), j, path, packets.SealOptions{Passphrase: mixedPhrase}, nil)
		if err != nil {
			m.Fatal(err)
		}
		p, err := packet.Open(m.Context(), packet.Place{File: path, Dir: filepath.Join(dir, "家"), Now: time.Now},
			mixedPhrase, nil)
		if err != nil {
			m.Fatal(err)
		}
		m.Cleanup(func() { p.Close() })
		out[j] = p
	}
	return out
}

func (m *mixed) device(j judging.JudgeID) judging.Ballots {
	c, err := client.Open(&http.Client{Timeout: time.Minute}, m.Address(j), "", rand.Reader)
	if err != nil {
		m.Error(err)
	}
	return c
}

// score scores a judge's whole list and hands it in with what proves the judge, asking again while nobody answers.
func (m *mixed) score(j judging.JudgeID, desk judging.Ballots, secret string) {
	var in judging.Duties
	m.answered(j, func(ctx context.Context) (err error) {
		in, err = desk.Duties(ctx)
		return err
	})
	out := given{}
	salt := int(j[len(j)-1]) * 7
	for i, w := range in.Works {
		b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Mark: fmt.Sprintf("m%04d%s", i, j),
			Base: judging.NoScore}
		for k, c := range in.Rubrics[w.Category].Criteria {
			b.Marks[c.Name] = c.Weight - float64((i+salt+k*salt)%4)
			out[string(w.Code)] += b.Marks[c.Name]
		}
		m.answered(j, func(ctx context.Context) error {
			_, err := desk.Save(ctx, b)
			return err
		})
	}
	m.mu.Lock()
	m.said[j] = out
	m.mu.Unlock()
	m.answered(j, func(ctx context.Context) error {
		err := desk.Submit(ctx, secret)
		if now, asked := desk.Duties(ctx); asked == nil && now.Submitted {
			return nil // the answer to an earlier time was lost
		}
		return err
	})
}

// answered does something until it is answered.
func (m *mixed) answered(j judging.JudgeID, do func(context.Context) error) {
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		err := do(m.Context())
		if err == nil {
			return
		}
		if code := judging.CodeOf(err); code != judging.Unavailable && code != judging.Busy || time.Now().After(end) {
			m.Errorf("%s: %v", j, err)
			return
		}
	}
}

// browse has two judges score in browsers: one by touch, the other by keys, with the room's program killed after the
// second work and back only when all is typed.
func (m *mixed) browse(room *program) {
	m.Helper()
	finger := newBrowser(m.T, tablet)
	finger.open(m.Address(inBrowsers[0]))
	in := m.lists[inBrowsers[0]]
	finger.until("the list", "document.querySelector('[data-go]')")
	out := scoreByTouch(finger, in)
	m.mu.Lock()
	m.said[inBrowsers[0]] = out
	m.mu.Unlock()
	handIn(finger, "")

	keys := newBrowser(m.T, laptop)
	in = m.lists[inBrowsers[1]]
	keys.open(m.Address(inBrowsers[1]))
	keys.begin()
	out = given{}
	for i := range in.Works {
		if i == 2 {
			room.kill()
		}
		marks := criteria(keys, i%3)
		code := keys.total(marks)
		for _, s := range marks {
			out[code] += float64(s[0] - '0')
		}
	}
	room.start()
	keys.until("connected", "document.querySelector('.link.open')")
	handIn(keys, "")
	m.mu.Lock()
	m.said[inBrowsers[1]] = out
	m.mu.Unlock()
}

// checkScores wants every score as it was said, in whatever way.
func (m *mixed) checkScores(o *office.Office) {
	m.Helper()
	n := 0
	for j, out := range m.said {
		in, err := o.Scoring().Desk(j).Duties(m.Context())
		if err != nil || !in.Submitted || len(in.Works) != len(out) {
			m.Errorf("%s: %d works of %d, handed in %v, %v", j, len(out), len(in.Works), in.Submitted, err)
		}
		for _, w := range in.Works {
			n++
			if w.State != judging.Scored || w.Total != out[string(w.Code)] {
				m.Errorf("%s of %s is %s with %v, want %v", w.Code, j, w.State, w.Total, out[string(w.Code)])
			}
		}
	}
	if len(m.said) != 12 {
		m.Errorf("only %d judges scored", len(m.said))
	}
	m.Logf("%d scores", n)
}

// checkJournal wants each judge named for what they said, with the way it came; the organiser acted for nobody.
func (m *mixed) checkJournal(o *office.Office) {
	m.Helper()
	entries, err := o.Journal(m.Context())
	if err != nil {
		m.Fatal(err)
	}
	ways := map[judging.JudgeID]map[judging.Source]int{}
	for _, e := range entries {
		d := office.ReadDeed(e)
		if d.For != "" {
			m.Errorf("entry %d, %s: the organiser is said to have acted for %s", e.Seq, e.Verb, d.For)
		}
		if d.By != "" && d.Via != "" {
			if ways[d.By] == nil {
				ways[d.By] = map[judging.Source]int{}
			}
			ways[d.By][d.Via]++
		}
	}
	for way, judges := range map[judging.Source][]judging.JudgeID{
		judging.Room: slices.Concat(inBrowsers, onDevices), judging.Packet: atHome, judging.Desk: atDesk,
	} {
		for _, j := range judges {
			if ways[j][way] == 0 || len(ways[j]) != 1 {
				m.Errorf("%s acted by %v, want %s alone", j, ways[j], way)
			}
		}
	}
}

// checkPlaces decides the awards and compares official scores and places with those of a plain calculation: of five
// totals the middle three, their mean rounded half up to two places, most points first.
func (m *mixed) checkPlaces(o *office.Office) {
	m.Helper()
	all, err := o.Works(m.Context(), office.WorkFilter{})
	if err != nil {
		m.Fatal(err)
	}
	want := map[judging.WorkID]int{} // in hundredths
	for _, w := range all {
		var totals []int
		for _, out := range m.said {
			if v, ok := out[string(w.Code)]; ok {
				totals = append(totals, int(v))
			}
		}
		slices.Sort(totals)
		if len(totals) != 5 {
			m.Errorf("%s has %d scores", w.Code, len(totals))
			continue
		}
		sum := totals[1] + totals[2] + totals[3]
		want[w.ID] = (200*sum + 3) / 6
	}
	ranked, err := o.Results().Rank(m.Context())
	if err != nil || len(ranked) != len(all) {
		m.Fatalf("%d of %d works are ranked: %v", len(ranked), len(all), err)
	}
	places := map[judging.WorkID]int{}
	for _, p := range ranked {
		places[p.Work] = p.Place
		if got := int(math.Round(p.Official * 100)); got != want[p.Work] {
			m.Errorf("%s has %d hundredths, want %d", p.Work, got, want[p.Work])
		}
		above, equal := 0, 0
		for _, q := range ranked {
			if p.Category == q.Category && p.Group == q.Group {
				switch {
				case want[q.Work] > want[p.Work]:
					above++
				case want[q.Work] == want[p.Work]:
					equal++
				}
			}
		}
		if p.Place <= above || p.Place > above+equal {
			m.Errorf("%s has place %d, want one of %d to %d", p.Work, p.Place, above+1, above+equal)
		}
	}
	lists, err := o.Awards().DecideAwards(office.Ticking(m.Context(), office.PointKinds()...), false)
	if err != nil {
		m.Fatal(err)
	}
	granted := 0
	for _, l := range lists {
		last := 0
		for _, g := range l.Grants {
			granted++
			last = max(last, places[g.Work])
		}
		for _, p := range ranked {
			without := !slices.ContainsFunc(l.Grants, func(g award.Grant) bool { return g.Work == p.Work })
			if p.Category == l.Category && p.Group == l.Group && without && p.Place < last {
				m.Errorf("%s has place %d and no award, place %d has one", p.Work, p.Place, last)
			}
		}
	}
	if granted == 0 {
		m.Error("nothing is awarded")
	}
}
