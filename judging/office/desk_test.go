package office_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// newDesk is a judge's desk with a text to each work.
func newDesk(t *testing.T) (*office.Office, *scoring.Desk) {
	t.Helper()
	const works = 12
	o := newOffice(t)
	dir := filepath.Dir(worksFile(t, works))
	for i := range works {
		if err := os.WriteFile(
			filepath.Join(dir, fmt.Sprintf("法治之光%d.txt", i+1)), []byte("法者，治之端也。"), 0o644,
		); err != nil {
			t.Fatal(err)
		}
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{dir}})
	addJudges(t, o, 6)
	publish(t, o)
	return o, o.Scoring().Desk("j001")
}

func TestDeskKeepsTheContractOfBallots(t *testing.T) {
	judgetest.BallotsSuite(t, func(t *testing.T) judging.Ballots { _, d := newDesk(t); return d })
}

func TestADeskInTheRoomKeepsTheContractToo(t *testing.T) {
	judgetest.BallotsSuite(t, func(t *testing.T) judging.Ballots {
		o, _ := newDesk(t)
		return eachTime{func() judging.Ballots { return o.Scoring().Desk("j001").InRoom() }}
	})
}

// eachTime seats the judge again for each call, as a server does that keeps nothing of its judges in memory.
type eachTime struct{ seat func() judging.Ballots }

func (e eachTime) Duties(ctx context.Context) (judging.Duties, error) { return e.seat().Duties(ctx) }
func (e eachTime) OpenFile(ctx context.Context, c judging.WorkCode, n, side int) (judging.OpenFile, error) {
	return e.seat().OpenFile(ctx, c, n, side)
}
func (e eachTime) Load(ctx context.Context, c judging.WorkCode) (judging.Ballot, error) {
	return e.seat().Load(ctx, c)
}
func (e eachTime) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	return e.seat().Save(ctx, b)
}
func (e eachTime) History(ctx context.Context, c judging.WorkCode) ([]judging.ScoreVersion, error) {
	return e.seat().History(ctx, c)
}
func (e eachTime) Look(ctx context.Context, c judging.WorkCode, l judging.Look) error {
	return e.seat().Look(ctx, c, l)
}
func (e eachTime) Pledge(ctx context.Context, sum string) error { return e.seat().Pledge(ctx, sum) }
func (e eachTime) Submit(ctx context.Context, secret string) error {
	return e.seat().Submit(ctx, secret)
}

// A score that was made void is not brought to life by what a device sends again, and nothing is laid over it.
func TestWhatIsSentAgainForAVoidScoreChangesNothing(t *testing.T) {
	o, _ := newDesk(t)
	d := o.Scoring().Desk("j001").InRoom()
	in, err := d.Duties(t.Context())
	must(t, err)
	w := in.Works[0]
	b := judging.Ballot{Code: w.Code, Marks: fill(in.Rubrics[w.Category], 0.5), Mark: "void-a", Base: judging.NoScore}
	kept, err := d.Save(t.Context(), b)
	must(t, err)
	must(t, o.Scoring().VoidScore(t.Context(), "j001", string(w.Code), "查实请托"))
	if again, err := d.Save(t.Context(), b); err != nil || again.Total != kept.Total {
		t.Errorf("sent again: %+v, %v", again, err)
	}
	b.Mark, b.Base, b.Comment = "void-b", kept.Base, "改"
	if _, err := d.Save(t.Context(), b); judging.CodeOf(err) != judging.Closed {
		t.Errorf("over a void score: %v", err)
	}
	all, err := o.Scoring().ScoreHistory(t.Context(), string(w.Code))
	if err != nil || len(all) != 1 || all[0].Void == "" || len(all[0].Versions) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}

// reads counts what is read of a store.
type counting struct {
	store.DB
	gets, scans atomic.Int64
}

func (r *counting) View(ctx context.Context, fn func(store.Tx) error) error {
	return r.DB.View(ctx, func(tx store.Tx) error { return fn(countingTx{tx, r}) })
}

type countingTx struct {
	store.Tx
	of *counting
}

func (x countingTx) Get(key []byte) ([]byte, error) {
	if strings.HasPrefix(string(key), "score") {
		x.of.gets.Add(1)
	}
	return x.Tx.Get(key)
}

func (x countingTx) Scan(prefix []byte, fn func(k, v []byte) error) error {
	x.of.scans.Add(1)
	return x.Tx.Scan(prefix, fn)
}

func TestAListReadsNoScoreThatIsNotThere(t *testing.T) {
	c := config(t)
	db := &counting{DB: c.DB}
	c.DB = db
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), c, "一份名单", "示例县司法局", rules)
	must(t, err)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 6)
	publish(t, o)
	d := o.Scoring().Desk("j001").InRoom()
	in, err := d.Duties(t.Context())
	must(t, err)
	w := in.Works[0]
	_, err = d.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: fill(in.Rubrics[w.Category], 0.5)})
	must(t, err)
	db.gets.Store(0)
	_, err = d.Duties(t.Context())
	must(t, err)
	if n := db.gets.Load(); len(in.Works) < 3 || n > 2 { // a Strict store reads twice
		t.Errorf("a list of %d works, one of them scored, reads %d scores", len(in.Works), n)
	}
}

func TestADeskWithAPINKeepsTheContractToo(t *testing.T) {
	if testing.Short() {
		t.Skip("each save proves the PIN again, which is slow on purpose")
	}
	judgetest.SecretBallotsSuite(t, "2048", func(t *testing.T) judging.Ballots {
		o, d := newDesk(t)
		if _, err := o.Secrets().SetPIN(t.Context(), "j001", "2048"); err != nil {
			t.Fatal(err)
		}
		return d
	})
}
