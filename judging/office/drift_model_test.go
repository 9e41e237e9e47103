package office_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
)

// plain is a contest as a clerk would keep it on paper: what was said and what was done, in lists and maps. It shares
// no code with the program, knows one list of works for each category, and computes places and awards in the plainest
// way there is.
type plain struct {
	Tie     string // at the cut: share, hold or empty
	Trim    bool   // of three scores and more the highest and the lowest are left out
	Round   int
	Planned bool // the round has a published plan
	Closed  bool
	Works   []*plainWork // in the order of their identities
	Judges  []string
	Duty    map[string][]string // judge -> works of the present plan, as the program gave them out
	Handed  map[string]bool     // judges whose list is handed in
	Scores  map[string]*plainScore
	Entries []string                  // of the second round
	Again   map[string]*plainAgain    // works opened again in this round
	Apart   map[string]bool           // judge/work declared as a conflict
	Kept    map[string]bool           // scores kept in spite of one
	Words   []*plainRuling            // oldest first
	Decided map[string]map[string]int // work -> award -> place, as last decided; nil before
	Notes   map[string]bool           // works held back by a tie, as last decided
	Decides int
	Notice  *plainNotice
	Past    map[string]*plainNotice
	First   *plain   // the first round as it was left
	Line    []string // versions of the present plan and those it grew out of
	Objects []*plainObjection
	Batches []*plainBatch
	Brought []*plainCollection
	LeftOut int // rows of the list that came too late and became no work
	Clock   int // counts acts
	NextID  int
	Sealed  []string    // packets
	Acked   []plainSaid // everything that the program said it had kept
}

type plainWork struct {
	ID, Code, Title, Author, Category string
	In                                bool // accepted
}

// plainSaid is one statement: n is its total, and At when it was made.
type plainSaid struct {
	Key string
	ID  int
	N   int
	Src string
	At  int
	// the statement that a sheet's row was made on, 0 for none: the same row read twice is one statement
	Base int

	Packet string // it was said in, "" for none
}

type plainScore struct {
	Said    []plainSaid // the last holds
	Void    bool
	Waiting []plainSaid
	Undone  []plainSaid
}

type plainAgain struct {
	At   int
	Open bool
	By   []plainOpening // oldest first
}

// plainOpening is one time that a work was opened again.
type plainOpening struct {
	By   string // the objection, "" for the organiser
	At   int
	Open bool // it was open before already
}

type plainRuling struct {
	ID, Kind, Work, Award string
	Recalled              bool
	Since                 int
}

type plainNotice struct {
	Final  bool
	Shown  map[string]string
	Decide int
	ID     string
	Why    bool // the organiser took it back
	Over   bool // taken back
}

type plainObjection struct {
	ID, Work, Notice string
	State            string // open, upheld, dismissed
	Reopen           bool
	At, Decides      int
}

type plainBatch struct {
	ID        string
	Works     map[string]string // work -> what was said of it
	Fixed     map[string]string // corrections: work -> what is said now
	Of        map[string]string // corrections: work -> the batch that said otherwise
	Withdrawn bool
}

type plainCollection struct {
	ID      string
	Round   int
	Undone  bool
	Touched map[string]*plainTouch
}

type plainTouch struct {
	Before, After int
	Waiting       []int       // statements that it put up for decision
	Listed, Left  []plainSaid // what waited before and after
}

func (p *plain) clone() *plain {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	var out plain
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return &out
}

func (p *plain) key(judge, work string) string { return fmt.Sprintf("%d/%s/%s", p.Round, judge, work) }

func (p *plain) score(judge, work string) *plainScore {
	k := p.key(judge, work)
	if p.Scores[k] == nil {
		p.Scores[k] = &plainScore{}
	}
	return p.Scores[k]
}

func (s *plainScore) now() (plainSaid, bool) {
	if s == nil || len(s.Said) == 0 {
		return plainSaid{}, false
	}
	return s.Said[len(s.Said)-1], true
}

// counts: a total below 0 is an abstention.
func (s *plainScore) counts() bool {
	now, some := s.now()
	return some && !s.Void && now.N >= 0
}

func (p *plain) work(id string) *plainWork {
	for _, w := range p.Works {
		if w.ID == id {
			return w
		}
	}
	return nil
}

// out reports whether the last word on a work is that it is disqualified.
func (p *plain) word(id string) *plainRuling {
	var last *plainRuling
	for _, u := range p.Words {
		if u.Work == id && !u.Recalled {
			last = u
		}
	}
	return last
}

func (p *plain) inContest(id string) bool {
	u := p.word(id)
	return p.work(id).In && (u == nil || u.Kind != "disqualify")
}

func (p *plain) inRound(id string, round int) bool {
	return p.inContest(id) && (round == 1 || slices.Contains(p.Entries, id))
}

// writable reports whether a score of a work may still change.
func (p *plain) writable(judge, work string) bool {
	if a := p.Again[work]; a != nil && a.Open {
		return true
	}
	return !p.Handed[judge] && !p.Closed
}

// list is what a judge has that is still in the contest.
func (p *plain) list(judge string) (out []string) {
	for _, w := range p.Duty[judge] {
		if p.inContest(w) {
			out = append(out, w)
		}
	}
	return out
}

// totals are the scores of a work that count in a round.
func (p *plain) totals(work string, round int) (out []int) {
	for _, j := range p.Judges {
		s := p.Scores[fmt.Sprintf("%d/%s/%s", round, j, work)]
		if s.counts() {
			now, _ := s.now()
			out = append(out, now.N)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// placed is a work in its list.
type placed struct {
	Work  string
	Place int // 0 without a score
	Score *big.Rat
	Left  int // scores left out
	N     int
}

// mean is rounded half up to two places where shown is true.
func mean(of []int, shown bool) *big.Rat {
	sum := 0
	for _, n := range of {
		sum += n
	}
	if len(of) == 0 {
		return new(big.Rat)
	}
	if !shown {
		return big.NewRat(int64(sum), int64(len(of)))
	}
	return big.NewRat(int64((2*100*sum+len(of))/(2*len(of))), 100)
}

func halves(of []int) (first, second []int) {
	for _, n := range of {
		first, second = append(first, n/2), append(second, n-n/2)
	}
	return first, second
}

// alone places the works of a category by one round's scores: by what is shown of the mean, the exact mean of all
// scores, the two criteria, the highest scores, the range.
func (p *plain) alone(category string, round int) (out []placed) {
	type row struct {
		placed
		of []int
	}
	var rows []row
	for _, w := range p.Works {
		if w.Category != category || !p.inRound(w.ID, round) {
			continue
		}
		of := p.totals(w.ID, round)
		kept := of
		if p.Trim && len(of) >= 3 {
			kept = of[1 : len(of)-1]
		}
		rows = append(rows, row{placed{Work: w.ID, Score: mean(kept, true), Left: len(of) - len(kept), N: len(of)}, of})
	}
	better := func(a, b row) int {
		if (a.N == 0) != (b.N == 0) {
			return cmp.Compare(b.N, a.N)
		}
		if a.N == 0 {
			return 0
		}
		a1, a2 := halves(a.of)
		b1, b2 := halves(b.of)
		return cmp.Or(b.Score.Cmp(a.Score), mean(b.of, false).Cmp(mean(a.of, false)),
			mean(b1, false).Cmp(mean(a1, false)), mean(b2, false).Cmp(mean(a2, false)),
			-slices.Compare(a.of, b.of), cmp.Compare(a.of[0]-a.of[a.N-1], b.of[0]-b.of[b.N-1]))
	}
	slices.SortStableFunc(rows, better)
	for i := range rows {
		if rows[i].N > 0 {
			rows[i].Place = 1
			for k := range rows {
				if rows[k].N > 0 && better(rows[k], rows[i]) < 0 {
					rows[i].Place++
				}
			}
		}
		out = append(out, rows[i].placed)
	}
	return out
}

// ranked places a category in the present round: who went on stands above the others.
func (p *plain) ranked(category string) []placed {
	now := p.alone(category, p.Round)
	if p.Round == 1 {
		return now
	}
	above := 0
	for _, x := range now {
		if x.N > 0 {
			above++
		}
	}
	var passed int
	out := slices.Clone(now)
	for _, x := range p.alone(category, 1) {
		if slices.Contains(p.Entries, x.Work) {
			passed++
			continue
		}
		if x.Place > 0 {
			x.Place += above - passed
		}
		out = append(out, x)
	}
	return out
}

var plainAwards = []struct {
	name   string
	places int
}{{"一等奖", 1}, {"二等奖", 1}, {"三等奖", 2}}

// awards gives the awards of all lists, and says which works a tie holds back.
func (p *plain) awards() (given map[string]map[string]int, held map[string]bool) {
	given, held = map[string]map[string]int{}, map[string]bool{}
	for _, category := range plainCategories {
		var free []placed
		pinned := map[string]int{}
		for _, x := range p.ranked(category) {
			u := p.word(x.Work)
			switch {
			case x.Place == 0:
			case u != nil && u.Kind == "give":
				pinned[u.Award]++
				given[x.Work] = map[string]int{u.Award: x.Place}
			case u == nil:
				free = append(free, x)
			}
		}
		next := 0
		for _, a := range plainAwards {
			end := min(next+max(0, a.places-pinned[a.name]), len(free))
			after := end
			if end > next && end < len(free) && free[end].Place == free[end-1].Place {
				first, last := end, end
				for first > next && free[first-1].Place == free[end].Place {
					first--
				}
				for last < len(free) && free[last].Place == free[end].Place {
					last++
				}
				switch p.Tie {
				case "share":
					end, after = last, last
				case "hold":
					for _, x := range free[first:last] {
						held[x.Work] = true
					}
					end, after = first, last
				default:
					end, after = first, first
				}
			}
			for _, x := range free[next:end] {
				given[x.Work] = map[string]int{a.name: x.Place}
			}
			next = after
		}
	}
	return given, held
}

// awardOf is a work's award, "" for none.
func awardOf(given map[string]map[string]int, work string) string {
	for name := range given[work] {
		return name
	}
	return ""
}

// names is who has which award.
func namesOf(given map[string]map[string]int) map[string]string {
	out := map[string]string{}
	for w := range given {
		out[w] = awardOf(given, w)
	}
	return out
}

func differing(a, b map[string]string) (out []string) {
	for w := range a {
		if b[w] != a[w] {
			out = append(out, w)
		}
	}
	for w := range b {
		if _, both := a[w]; !both {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// entrants are the works that go on: three of each category that have a score, and all that are tied with the third.
func (p *plain) entrants() (out []string) {
	for _, category := range plainCategories {
		all := p.alone(category, 1)
		for i, x := range all {
			if x.Place > 0 && (i < 3 || x.Place == all[2].Place) {
				out = append(out, x.Work)
			}
		}
	}
	return out
}

var plainCategories = []string{"书法", "绘画"}
