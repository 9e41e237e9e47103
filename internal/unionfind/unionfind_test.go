package unionfind_test

import (
	"testing"

	"pgregory.net/rapid"

	"fayi/internal/unionfind"
)

// TestSetsAreThoseOfASlowOracle joins pairs at random and compares with labels that are rewritten at each join.
func TestSetsAreThoseOfASlowOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		thing := rapid.IntRange(0, int(n-1))
		sets, label := unionfind.New(n), make([]int, n)
		for i := range label {
			label[i] = int(i)
		}
		for range rapid.IntRange(0, 60).Draw(t, "joins") {
			a, b := thing.Draw(t, "a"), thing.Draw(t, "b")
			if joined, want := sets.Union(a, b), label[a] != label[b]; joined != want {
				t.Fatalf("joining %d and %d: %v", a, b, joined)
			}
			from, to := max(label[a], label[b]), min(label[a], label[b])
			for i := range label {
				if label[i] == from {
					label[i] = to
				}
			}
		}
		for i := range label {
			if r := sets.Find(int(i)); r != label[i] {
				t.Fatalf("%d is in the set of %d, want %d", i, r, label[i])
			}
		}
	})
}

// TestALongChainIsNotDear joins the worst chain there is: without halving, the roots of n things would cost n² steps.
func TestALongChainIsNotDear(t *testing.T) {
	const n = 1 << 20
	s := unionfind.New(n)
	for i := int(n - 1); i > 0; i-- {
		s.Union(i, i-1)
	}
	for i := range int(n) {
		if s.Find(i) != 0 {
			t.Fatal(i)
		}
	}
}
