package room_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/comparisons"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// tied has all judges hand in the same marks for all works, so that a line of awards lies within a tie, and begins to
// compare the works there. It returns what was opened.
func tied(t *testing.T, o *office.Office, judges ...judging.JudgeID) comparisons.Status {
	t.Helper()
	all, err := o.Assignment().Judges(t.Context())
	must(t, err)
	for _, j := range all {
		in, err := o.Scoring().Desk(j.ID).Duties(t.Context())
		must(t, err)
		for _, w := range in.Works {
			b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}}
			for _, c := range in.Rubrics[w.Category].Criteria {
				b.Marks[c.Name] = c.Weight
			}
			_, err := o.Scoring().Desk(j.ID).Save(t.Context(), b)
			must(t, err)
		}
		must(t, o.Scoring().SubmitScores(t.Context(), j.ID))
	}
	return compares(t, o, 0, judges...)
}

// compares begins to compare the works of the first tie.
func compares(t *testing.T, o *office.Office, most int, judges ...judging.JudgeID) comparisons.Status {
	t.Helper()
	lines, err := o.Comparisons().Lines(t.Context())
	must(t, err)
	for _, l := range lines {
		if l.Why == "tie" {
			s, err := o.Comparisons().Open(t.Context(), comparisons.Request{
				Why: l.Why, Category: l.Category, Group: l.Group, Award: l.Award, Judges: judges, Most: most,
			})
			must(t, err)
			return s
		}
	}
	t.Fatal("nothing is tied")
	return comparisons.Status{}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stands(t *testing.T, o *office.Office, id string) comparisons.Status {
	t.Helper()
	s, err := o.Comparisons().Show(t.Context(), id)
	must(t, err)
	return s
}

// atHand is a contest whose works are compared, with its room on this computer.
func atHand(t *testing.T) (*roomtest.House, comparisons.Status) {
	t.Helper()
	h := roomtest.NewContest(t, roomtest.Contest{Works: 12, Judges: 3, PerWork: 3})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	h.Open(t, l)
	return h, tied(t, h.Office)
}

func deskOf(t *testing.T, h *roomtest.House, judge judging.JudgeID) *client.Client {
	t.Helper()
	c, err := client.Open(&http.Client{Timeout: time.Minute}, h.Address(judge), "", rand.Reader)
	must(t, err)
	return c
}

func wantRefused(t *testing.T, err error, code judging.Code) {
	t.Helper()
	if judging.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

// An answer whose receipt was lost is sent again: it counts once, and one that was taken back since does not come back.
func TestAnAnswerThatIsSentAgainCountsOnce(t *testing.T) {
	h, s := atHand(t)
	c := deskOf(t, h, "j001")
	p, err := c.Pair(t.Context())
	must(t, err)
	if p.Comparison != s.ID || len(p.Show[0]) == 0 || len(p.Show[1]) == 0 {
		t.Fatalf("%+v", p)
	}
	a := room.PairSaid{Comparison: p.Comparison, Left: p.Left.Code, Right: p.Right.Code, Better: p.Left.Code,
		Mark: "p1"}
	for range 3 {
		must(t, c.Compare(t.Context(), a))
	}
	if now := stands(t, h.Office, s.ID); now.Answers != 1 {
		t.Errorf("%d answers", now.Answers)
	}
	other := a
	other.Mark, other.Better = "p2", a.Right
	wantRefused(t, c.Compare(t.Context(), other), judging.Clash)
	p, err = c.Pair(t.Context())
	must(t, err)
	if p.Said != 1 || p.Last == "" {
		t.Errorf("%+v", p)
	}
	must(t, c.TakeBack(t.Context(), p.Last))
	must(t, c.Compare(t.Context(), a))
	if now := stands(t, h.Office, s.ID); now.Answers != 0 || now.Back != 1 {
		t.Errorf("%d answers, %d taken back", now.Answers, now.Back)
	}
	must(t, c.Compare(t.Context(), other)) // it is another answer
	wantRefused(t, c.TakeBack(t.Context(), p.Last), judging.NotFound)
	if now := stands(t, h.Office, s.ID); now.Answers != 1 || now.Back != 1 {
		t.Errorf("%d answers, %d taken back", now.Answers, now.Back)
	}
	must(t, h.Office.Comparisons().Drop(t.Context(), s.ID, "改为合议"))
	must(t, c.Compare(t.Context(), other)) // kept before the end: only the receipt was lost
	other.Mark = "p3"
	wantRefused(t, c.Compare(t.Context(), other), judging.Closed)
	p, err = c.Pair(t.Context())
	must(t, err)
	if p.Asks() {
		t.Errorf("%+v", p)
	}
	other.Mark = strings.Repeat("p", 65)
	wantRefused(t, c.Compare(t.Context(), other), judging.Invalid)
	entries, err := h.Office.Journal(t.Context())
	must(t, err)
	for _, e := range entries {
		if e.Verb == "compare.answer" {
			if d := office.ReadDeed(e); d.By != "j001" || d.Via != judging.Room {
				t.Errorf("entry %d: %+v", e.Seq, d)
			}
		}
	}
}

// Who has a conflict is neither asked nor heard, and the addresses of the files that they had do not open them any
// more; who is not asked never was.
func TestWhoMayNotLookNeitherSeesNorAnswersPairs(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 12, Judges: 3, PerWork: 3, Large: true})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	h.Open(t, l)
	s := tied(t, h.Office, "j001", "j002")
	c := deskOf(t, h, "j001")
	p, err := c.Pair(t.Context())
	must(t, err)
	seen := p
	get := func(address string) int {
		r, err := http.Get("http://" + l.Addr().String() + address)
		must(t, err)
		defer r.Body.Close()
		return r.StatusCode
	}
	for _, show := range p.Show {
		if got := get(show[0].Large); got != http.StatusOK {
			t.Errorf("%s answers %d", show[0].Large, got)
		}
	}
	doc, err := json.Marshal(p)
	must(t, err)
	for _, word := range roomtest.Secrets {
		if bytes.Contains(doc, []byte(word)) {
			t.Errorf("%q is sent", word)
		}
	}
	a := room.PairSaid{
		Comparison: p.Comparison, Left: p.Left.Code, Right: p.Right.Code, Better: p.Left.Code, Mark: "p1",
	}
	stranger := deskOf(t, h, "j003")
	wantRefused(t, stranger.Compare(t.Context(), a), judging.Forbidden)
	none, err := stranger.Pair(t.Context())
	must(t, err)
	if none.Asks() {
		t.Error("who was not chosen is asked")
	}
	for _, w := range s.Order {
		must(t, h.Office.Assignment().DeclareConflict(t.Context(), judging.Conflict{
			Judge: "j001", Work: w.Work, Kind: judging.Declared, Reason: "师生",
		}))
	}
	wantRefused(t, c.Compare(t.Context(), a), judging.Forbidden)
	if p, err = c.Pair(t.Context()); err != nil || p.Asks() {
		t.Errorf("%+v %v", p, err)
	}
	for i, show := range seen.Show {
		if len(none.Show[i]) > 0 || get(show[0].Large) != http.StatusForbidden || get(show[0].Whole) == http.StatusOK {
			t.Error("files are shown to who may not look")
		}
	}
	if got := get("/api/pairs"); got != http.StatusForbidden {
		t.Errorf("unsigned, a pair is answered with %d", got)
	}
	for _, path := range []string{"/api/pairs", "/api/pairs/back"} {
		r, err := http.Post("http://"+l.Addr().String()+path, "application/json", bytes.NewReader(doc))
		must(t, err)
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
		if r.StatusCode != http.StatusForbidden {
			t.Errorf("unsigned, %s takes %d", path, r.StatusCode)
		}
	}
}

// TestThePageHearsOfPairs: the standing that pages wait for is another when a comparison begins, when an answer is
// taken back, when it is given up; a judge's own answer is no news, nor is another's.
func TestThePageHearsOfPairs(t *testing.T) {
	h, s := atHand(t)
	desk := h.Office.Comparisons().Desk("j001")
	at := func() string {
		now, err := desk.Standing(t.Context())
		must(t, err)
		return now
	}
	begun := at()
	if begun == "" {
		t.Fatal("nobody asks")
	}
	for _, j := range []judging.JudgeID{"j001", "j002"} {
		other := h.Office.Comparisons().Desk(j)
		p, err := other.Ask(t.Context())
		must(t, err)
		must(t, other.Answer(t.Context(), p.Comparison, p.Left.Code, p.Right.Code, ""))
	}
	if at() != begun {
		t.Error("an answer is news")
	}
	p, err := desk.Ask(t.Context())
	must(t, err)
	must(t, h.Office.Comparisons().TakeBack(t.Context(), p.Last, "按错了"))
	back := at()
	if back == begun {
		t.Error("an answer that was taken back is no news")
	}
	must(t, h.Office.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge: "j001", Work: s.Order[0].Work, Kind: judging.Declared, Reason: "师生",
	}))
	if at() == back {
		t.Error("a conflict is no news")
	}
	must(t, h.Office.Comparisons().Drop(t.Context(), s.ID, "改为合议"))
	if at() != "" {
		t.Error("the end is no news")
	}
}

// A judge is asked about no more pairs than the organiser said, and what goes beyond is refused.
func TestAJudgeIsAskedAboutSoManyPairsAtMost(t *testing.T) {
	h, s := atHand(t)
	must(t, h.Office.Comparisons().Drop(t.Context(), s.ID, "重新开始"))
	s = compares(t, h.Office, 2, "j001", "j002")
	for _, judge := range []judging.JudgeID{"j001", "j002"} {
		c := deskOf(t, h, judge)
		for n := range 3 {
			p, err := c.Pair(t.Context())
			must(t, err)
			if p.Asks() != (n < 2) || p.Most != 2 || p.Said != n {
				t.Fatalf("%s, after %d answers: %+v", judge, n, p)
			}
			if !p.Asks() {
				break
			}
			must(t, c.Compare(t.Context(), room.PairSaid{Comparison: s.ID, Left: p.Left.Code, Right: p.Right.Code}))
		}
		wantRefused(t, beyond(t.Context(), c, stands(t, h.Office, s.ID)), judging.Closed)
	}
	if now := stands(t, h.Office, s.ID); now.Answers != 4 || now.More || now.Turn != "" {
		t.Errorf("%+v", now)
	}
	_, err := h.Office.Comparisons().Open(t.Context(), comparisons.Request{Most: -1})
	wantRefused(t, err, judging.Invalid)
}

// beyond answers about every pair of a comparison and returns the last refusal that is not for having said otherwise.
func beyond(ctx context.Context, c *client.Client, s comparisons.Status) (last error) {
	for i, l := range s.Order {
		for _, r := range s.Order[:i] {
			err := c.Compare(ctx, room.PairSaid{Comparison: s.ID, Left: l.Code, Right: r.Code, Better: l.Code})
			if judging.CodeOf(err) != judging.Clash {
				last = err
			}
		}
	}
	return last
}
