package assign

import "math/rand/v2"

// baseBlocks are the base blocks of a cyclic design, with the counts of their differences.
type baseBlocks struct {
	places      int
	rng         *rand.Rand
	blocks      [][]int32
	differences []int // how often places at distance d meet in one block, d from 1 to m/2
	cost        int   // Σλ²/m over all pairs of places
	pairs       int   // pairs in all base blocks
	large       []int // blocks that hold two or more
}

func newBaseBlocks(m int, rng *rand.Rand) *baseBlocks {
	return &baseBlocks{places: m, rng: rng, differences: make([]int, m/2+1)}
}

// rareDraws is how many distances rarePlace compares with the first: enough to find one of the rarest few in a
// hundred, few enough to keep a try at 100 ns and the choice random.
const rareDraws = 31

// add appends a random block of k distinct places.
func (b *baseBlocks) add(k int) {
	var set []int32
	taken := make(map[int32]bool, k)
	for len(set) < k {
		x := int32(b.rng.IntN(b.places))
		if taken[x] {
			continue
		}
		taken[x] = true
		b.cost += b.countDifferences(set, x, 1)
		set = append(set, x)
	}
	if k > 1 {
		b.large = append(b.large, len(b.blocks))
	}
	b.blocks = append(b.blocks, set)
	b.pairs += k * (k - 1) / 2
}

// distance is that of two places the shorter way round the circle.
func (b *baseBlocks) distance(x, y int32) int {
	d := int(x - y)
	if d < 0 {
		d = -d
	}
	return min(d, b.places-d)
}

// countDifferences adds by (1 or -1) to the counts of the differences between x and the other places of set, and
// returns the change of cost. Opposite places meet twice in a rotation, but there are half as many pairs of them.
func (b *baseBlocks) countDifferences(set []int32, x int32, by int) (change int) {
	for _, y := range set {
		if y == x {
			continue
		}
		d := b.distance(x, y)
		c := 1 + 2*by*b.differences[d]
		if 2*d == b.places {
			c *= 2
		}
		change += c
		b.differences[d] += by
	}
	return change
}

// search changes one place of one block at a time while Σλ² does not grow, until it reaches the bound or runs out
// of tries. Every other try aims at a rare distance.
func (b *baseBlocks) search(tries int) {
	pairs := b.places * (b.places - 1) / 2
	if pairs == 0 || len(b.large) == 0 {
		return
	}
	bound := evenSquares(int64(b.pairs)*int64(b.places), int64(pairs))
	stall := b.places * cyclicStallPerPlace
	for t, last := 0, 0; t < tries && t-last < stall && int64(b.cost)*int64(b.places) > bound; t++ {
		set := b.blocks[b.large[b.rng.IntN(len(b.large))]]
		i := b.rng.IntN(len(set))
		x := int32(b.rng.IntN(b.places))
		if t%2 == 0 {
			x = b.rarePlace(set, i)
		}
		if !contains(set, x) && b.tryMove(set, i, x) < 0 {
			last = t
		}
	}
}

// rarePlace returns a place for set[i] at a rare distance from another of the set.
func (b *baseBlocks) rarePlace(set []int32, i int) int32 {
	half := b.places / 2
	rare := 1 + b.rng.IntN(half)
	for range rareDraws {
		if d := 1 + b.rng.IntN(half); b.differences[d] < b.differences[rare] {
			rare = d
		}
	}
	other := set[(i+1+b.rng.IntN(len(set)-1))%len(set)]
	if b.rng.IntN(2) == 0 {
		rare = b.places - rare
	}
	return (other + int32(rare)) % int32(b.places)
}

// tryMove moves set[i] to x unless that makes Σλ² larger, and returns the change.
func (b *baseBlocks) tryMove(set []int32, i int, x int32) int {
	old := set[i]
	change := b.countDifferences(set, old, -1)
	set[i] = x
	change += b.countDifferences(set, x, 1)
	if change > 0 {
		change += b.countDifferences(set, x, -1)
		set[i] = old
		change += b.countDifferences(set, old, 1)
	}
	b.cost += change
	return change
}
