package assign

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// update writes the golden file again. Do so only where plans are meant to change: contests that were planned with
// an earlier build must be proved again by a later one from the seed alone.
var update = flag.Bool("update", false, "write testdata/plans.golden from the code as it is")

const (
	goldenFile  = "testdata/plans.golden"
	goldenSmall = 1200 // problems of up to 12 works, with every rule there is
	goldenLarge = 60   // problems large enough for cyclic designs, exchanges and the efficiency search
)

// TestPlansAreTheSameAsEver compares plans, proofs, errors, moves and substitutes with those of earlier builds, byte
// by byte: a published plan is checked by solving its problem again with its seed.
func TestPlansAreTheSameAsEver(t *testing.T) {
	var got []string
	for i := range goldenSmall {
		r := rand.New(rand.NewPCG(uint64(i), 0))
		got = append(got, fmt.Sprintf("small %d %s", i, fingerprint(t, randomProblem(r, 12, 8), r)))
	}
	for i := range goldenLarge {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		got = append(got, fmt.Sprintf("large %d %s", i, fingerprint(t, randomProblem(r, 160, 24), r)))
	}
	got = append(got, textbookFingerprints(t)...)
	if *update {
		write(t, got)
		return
	}
	want := read(t)
	if len(got) != len(want) {
		t.Fatalf("%d problems, the golden file has %d", len(got), len(want))
	}
	changed := 0
	for i := range got {
		if got[i] != want[i] {
			if changed++; changed <= 10 {
				t.Errorf("got %s, want %s", got[i], want[i])
			}
		}
	}
	if changed > 0 {
		t.Errorf("%d of %d plans changed", changed, len(got))
	}
}

// textbookFingerprints takes the shapes that the random problems seldom have.
func textbookFingerprints(t *testing.T) (lines []string) {
	units := Problem{Works: 200, Judges: 20, PerWork: 4, NoTwoOfOneUnit: true}
	for j := range 20 {
		units.Unit = append(units.Unit, j/2+1)
	}
	mixed := Problem{Works: 240, Judges: 15}
	for w := range mixed.Works {
		mixed.Need = append(mixed.Need, 2+w%3)
		mixed.Category = append(mixed.Category, w%7/3)
	}
	preferred := ring(180, 15, 3, 5)
	preferred.Match = Prefer
	for name, p := range map[string]Problem{
		"cyclic":    {Works: 310, Judges: 30, PerWork: 3},
		"conflicts": barred(Problem{Works: 200, Judges: 21, PerWork: 4}, .1),
		"ring":      ring(150, 15, 3, 5),
		"few":       {Works: 40, Judges: 35, PerWork: 3},
		"units":     units,
		"mixed":     mixed,
		"preferred": preferred,
		"crowd":     {Works: 120, Judges: 230, PerWork: 2},
	} {
		r := rand.New(rand.NewPCG(7, 7))
		lines = append(lines, fmt.Sprintf("textbook %s %s", name, fingerprint(t, p, r)))
	}
	slices.Sort(lines)
	return lines
}

// fingerprint hashes all that the package says about p: its plan, what a later withdrawal moves, one more score for
// each work, and who could take a seat.
func fingerprint(t *testing.T, p Problem, r *rand.Rand) string {
	t.Helper()
	hash := sha256.New()
	say := func(v any, err error) {
		data, bad := json.Marshal(v)
		if bad != nil {
			t.Fatal(bad)
		}
		fmt.Fprintf(hash, "%s %v\n", data, err)
	}
	ctx, seed := context.Background(), r.Uint64()
	plan, err := Solve(ctx, p, seed, nil)
	say(plan, err)
	if complete(err) != nil || p.Works == 0 || p.Judges == 0 {
		return hex.EncodeToString(hash.Sum(nil)[:8])
	}
	later := p
	later.Closed = make([]bool, p.Judges)
	copy(later.Closed, p.Closed)
	later.Closed[r.IntN(p.Judges)] = true
	var open []Pair
	for _, q := range plan.Pairs() {
		if r.IntN(4) == 0 {
			later.Fixed = append(slices.Clip(later.Fixed), q)
		} else {
			open = append(open, q)
		}
	}
	after, moves, err := Adjust(ctx, later, open, seed, nil)
	say(after, err)
	say(moves, nil)
	more := p
	if more.Need == nil {
		more.PerWork++
		say(TopUp(ctx, more, plan.Pairs(), seed, nil))
	}
	for range 3 {
		say(Substitutes(p, plan, r.IntN(p.Works), r.IntN(p.Judges+1)-1, 5))
	}
	say(Comparability(plan.Panels), nil)
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// randomProblem draws a problem of up to works works and judges judges in which each rule holds now and then.
func randomProblem(r *rand.Rand, works, judges int) Problem {
	often := func(percent int) bool { return r.IntN(100) < percent }
	list := func(n, low, high int) (out []int) {
		for range n {
			out = append(out, low+r.IntN(high-low+1))
		}
		return out
	}
	p := Problem{Works: r.IntN(works + 1), Judges: r.IntN(judges + 1), PerWork: 1 + r.IntN(3)}
	if often(60) {
		p.Category = list(p.Works, 0, r.IntN(4))
	}
	if often(30) {
		p.Need = list(p.Works, 0, 3)
	}
	if often(50) {
		p.Match = Match(r.IntN(3))
		for range p.Judges {
			p.Expertise = append(p.Expertise, list(r.IntN(4), 0, 3))
		}
	}
	share := p.Works*3/max(1, p.Judges) + 2
	if often(30) {
		p.Max = list(p.Judges, share, 2*share)
	}
	if often(20) {
		p.Min = list(p.Judges, 0, min(share/2, 2))
	}
	if often(30) {
		p.Unit, p.NoTwoOfOneUnit = list(p.Judges, 0, max(3, p.Judges/2)), often(80)
	}
	p.NeedSenior = often(20)
	for range p.Judges {
		p.Senior, p.Closed = append(p.Senior, often(50)), append(p.Closed, often(5))
	}
	if p.Works == 0 || p.Judges == 0 {
		return p
	}
	pair := func() Pair { return Pair{r.IntN(p.Works), r.IntN(p.Judges)} }
	for range r.IntN(p.Works + 1) {
		switch r.IntN(6) {
		case 0:
			p.Fixed = append(p.Fixed, pair())
		case 1:
			if p.Match != Prefer {
				p.Wishes = append(p.Wishes, Wish{pair(), r.IntN(7) - 3})
			}
		case 2, 3:
			p.Conflicts = append(p.Conflicts, pair())
		}
	}
	return p
}

func write(t *testing.T, lines []string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(goldenFile), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T) (lines []string) {
	t.Helper()
	f, err := os.Open(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for s := bufio.NewScanner(f); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines
}
