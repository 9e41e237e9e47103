package voting_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"fayi/judging/terms"
	"fayi/judging/voting"
)

// TestPassingIsExact compares, for every share that can be named and every number of up to 50 judges, the rounded
// result and threshold, by which the program goes, with the whole numbers that they stand for.
func TestPassingIsExact(t *testing.T) {
	most := 50
	if testing.Short() {
		most = 15
	}
	for of := 1; of <= 99; of++ {
		for parts := of; parts <= 100; parts++ {
			r := voting.Rule{Kind: voting.Approval, Pass: strconv.Itoa(of) + "/" + strconv.Itoa(parts)}
			if faults := r.Faults(""); len(faults) > 0 {
				t.Fatal(r.Pass, faults)
			}
			least := r.Threshold()
			for n := 1; n <= most; n++ {
				for k := 0; k <= n; k++ {
					result := float64((2*100*100*k+n)/(2*n)) / 100 // per cent to two decimals, half up
					if got, want := result >= least, k*parts >= of*n; got != want {
						t.Fatalf("%d of %d with %s: %v >= %v is %v", k, n, r.Pass, result, least, got)
					}
				}
			}
		}
	}
}

func TestASharePassesOrIsRefused(t *testing.T) {
	for pass, least := range map[string]float64{
		"2/3": 66.67, "60%": 60, "1/2": 50, "100%": 100, "1/1": 100, "1%": 1, "99/100": 99, "5/6": 83.33,
	} {
		r := voting.Rule{Kind: voting.Approval, Pass: pass}
		if got := r.Threshold(); got != least || len(r.Faults("")) > 0 {
			t.Errorf("%s: %v, %v", pass, got, r.Faults(""))
		}
	}
	for _, pass := range []string{"3/2", "0/3", "2/0", "101%", "0%", "2/101", "三分之二", "2 / 3", "66.7%", "-1/2", "0.5"} {
		r := voting.Rule{Kind: voting.Approval, Pass: pass}
		if len(r.Faults("")) == 0 || r.Threshold() != 0 {
			t.Errorf("%s is taken, %v", pass, r.Threshold())
		}
	}
	for _, r := range []voting.Rule{
		{}, {Kind: "ordering"}, {Kind: voting.Votes}, {Kind: voting.Votes, Votes: -1}, {Kind: voting.Votes, Votes: 101},
		{Kind: voting.Votes, Votes: 3, Pass: "1/2"}, {Kind: voting.Approval, Votes: 3},
		{Kind: voting.Approval, Exactly: true},
	} {
		if len(r.Faults("")) == 0 {
			t.Errorf("%+v is taken", r)
		}
	}
	if (*voting.Rule)(nil).Threshold() != 0 {
		t.Error("marks pass")
	}
}

func TestEachMarkHasAWord(t *testing.T) {
	for _, r := range []voting.Rule{{Kind: voting.Approval}, {Kind: voting.Votes, Votes: 1}} {
		if f := terms.BandFaults(r.Bands(), "", voting.For, r.Step()); len(f) > 0 {
			t.Error(r.Kind, f)
		}
	}
}

// broken is a plain model of what a list of votes may not be: it looks at one list at a time.
func broken(r voting.Rule, all []voting.Said) string {
	var names []string
	for _, s := range all {
		if !slices.Contains(names, s.List) {
			names = append(names, s.List)
		}
	}
	for _, name := range names {
		may, votes := 0, 0
		for _, s := range all {
			if s.List == name && !s.Apart {
				may++
				if s.Given && s.Mark == 1 {
					votes++
				}
			}
		}
		switch {
		case votes > r.Votes:
			return "voting.votes_too_many"
		case r.Exactly && votes < r.Votes && votes < may:
			return "voting.votes_too_few"
		}
	}
	return ""
}

func TestVotesKeepToTheirNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for range 20000 {
		r := voting.Rule{Kind: voting.Votes, Votes: 1 + random.IntN(4), Exactly: random.IntN(2) == 0}
		var all []voting.Said
		for range random.IntN(9) {
			all = append(all, voting.Said{
				List: []string{"书法", "绘画"}[random.IntN(2)], Mark: float64(random.IntN(2)),
				Given: random.IntN(4) > 0, Apart: random.IntN(6) == 0,
			})
		}
		got := ""
		if f := voting.Broken(r.Counts(all)); f != nil {
			got = f.Text
		}
		want := broken(r, all)
		if got != want {
			t.Fatalf("%+v of %+v: %q, not %q", r, all, got, want)
		}
		seen[want]++
		if none := (voting.Rule{Kind: voting.Approval}).Counts(all); none != nil {
			t.Fatal(none)
		}
	}
	if seen[""] < 1000 || seen["voting.votes_too_many"] < 1000 || seen["voting.votes_too_few"] < 1000 {
		t.Error("not all were tried:", seen)
	}
}

// TestABallotPaperOfTheElectionLaw goes by what 选举法 says of valid ballot papers: a paper with more names than
// there are seats is void, with as many or fewer it is valid.
func TestABallotPaperOfTheElectionLaw(t *testing.T) {
	seats := voting.Rule{Kind: voting.Votes, Votes: 2}
	paper := func(votes int) (all []voting.Said) {
		for n := range 4 {
			s := voting.Said{Given: n < votes, Mark: voting.For}
			all = append(all, s)
		}
		return all
	}
	for votes, valid := range []bool{true, true, true, false, false} {
		if f := voting.Broken(seats.Counts(paper(votes))); (f == nil) != valid {
			t.Errorf("%d votes for 2 seats: %v", votes, f)
		}
	}
	if c := seats.Counts(paper(3)); len(c) != 1 || c[0].Left() != -1 || c[0].Works != 4 {
		t.Error(c)
	}
}
