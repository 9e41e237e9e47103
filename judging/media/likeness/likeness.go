package likeness

import (
	"cmp"
	"context"
	"math/bits"
	"runtime"
	"slices"
	"sync"

	"fayi/judging"
)

// Likeness is two of a list that look or read alike, by their places in it; A < B.
type Likeness struct {
	A, B  int
	Share float64 // how alike, 0-1; 1 is the same to the eye
	Turn  int     // for pictures: how the second lies next to the first, 0 as it is; odd ones are mirrored
}

// What counts as alike: how near the hashes of a window and of a whole picture must be, and how well the small
// copies must fit.
const (
	maxBroad = 11 // bits of the broad hashes that may differ
	// bits that may differ, in sevenths of those set. Of a picture that is the same on both sides half are never
	// set, nor can they differ
	maxSevenths = 2
	leastFirst  = 0.60 // correlation of the small copies as the window lays them
	leastEarly  = 0.27 // correlation, square by square, of what remains of them without their broad shapes
	leastFit    = 0.80 // correlation with their edges moved to where they agree best
	leastMoved  = 0.75 // after the first, coarse moves
	leastSharp  = 0.51 // and then square by square
	noise       = 0.02 // part of the mean power below which a square shows nothing
)

// What a form that everybody filled in may cost.
const (
	throng = 4000 // windows under one key of which no more are looked at
	// pictures laid over one, the nearest of many: of each turn, no more than twice as many windows are noted
	crowd = 400
)

// How the search is cut up: a block of pictures is looked for in one part of the index after the other, so that a
// part stays in the processor's own memory.
const (
	block    = 512
	partBits = 6 // of the key, the highest
)

func badPrint() error { return judging.Fail(judging.Corrupt, "media.bad_print", nil) }

// AlikePictures finds all pairs among prints that show the same picture: smaller, compressed again, brighter or
// darker, mirrored, turned by quarters or with up to 8 % cut off at each edge. Flat ones are like nothing. It uses
// all processors; equal lists give equal answers, ordered by A and B. A cancelled ctx comes back as its error.
func AlikePictures(ctx context.Context, prints []PicturePrint, progress func(done, total int)) ([]Likeness, error) {
	index := newKeyIndex(prints)
	found := make([][]Likeness, (len(prints)+block-1)/block)
	told := func(done, _ int) {
		if progress != nil {
			progress(min(done*block, len(prints)), len(prints))
		}
	}
	err := spreadOut(ctx, len(found), 1, told, func() func(i int) {
		return func(i int) { found[i] = index.like(prints, i*block, min((i+1)*block, len(prints))) }
	})
	if err != nil {
		return nil, err
	}
	return bestOfPairs(slices.Concat(found...)), nil
}

// spreadOut calls the functions that worker makes, one for each processor, with every number below n, a batch at a
// time, until ctx ends.
func spreadOut(ctx context.Context, n, batch int, progress func(done, total int), worker func() func(i int)) error {
	var mu sync.Mutex
	next := 0
	take := func() (from, to int) {
		mu.Lock()
		defer mu.Unlock()
		from = next
		next = min(next+batch, n)
		if progress != nil {
			progress(from, n)
		}
		return from, next
	}
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work := worker()
		all.Go(func() {
			for from, to := take(); from < to && ctx.Err() == nil; from, to = take() {
				for i := from; i < to; i++ {
					work(i)
				}
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

// bestOfPairs keeps the best likeness of each pair, ordered.
func bestOfPairs(all []Likeness) []Likeness {
	slices.SortFunc(all, func(a, b Likeness) int {
		switch {
		case a.A != b.A:
			return a.A - b.A
		case a.B != b.B:
			return a.B - b.B
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return a.Turn - b.Turn
	})
	return slices.CompactFunc(all, func(a, b Likeness) bool { return a.A == b.A && a.B == b.B })
}

const keyMask = 1<<keyBits - 1

// keyIndex lists the windows of all pictures by the low bits of their hashes.
type keyIndex struct {
	starts []uint32 // of each key, and the end
	broad  []uint64 // both parts of the signs apart: the first one settles most
	fine   []uint64
	pics   []uint32
}

func newKeyIndex(prints []PicturePrint) *keyIndex {
	x := &keyIndex{starts: make([]uint32, 1<<keyBits+1)}
	eachWindow(prints, func(_ uint32, s sign) { x.starts[s.broad&keyMask+1]++ })
	for k := range 1 << keyBits {
		x.starts[k+1] += x.starts[k]
	}
	total := x.starts[1<<keyBits]
	x.broad, x.fine, x.pics = make([]uint64, total), make([]uint64, total), make([]uint32, total)
	at := slices.Clone(x.starts)
	eachWindow(prints, func(pic uint32, s sign) {
		n := &at[s.broad&keyMask]
		x.broad[*n], x.fine[*n], x.pics[*n] = s.broad, s.fine, pic
		*n++
	})
	return x
}

func eachWindow(prints []PicturePrint, fn func(pic uint32, s sign)) {
	for i := range prints {
		if prints[i].Flat {
			continue
		}
		for _, s := range prints[i].windows {
			fn(uint32(i), s)
		}
	}
}

// ask is a picture in one of its turns, looked for in the windows of all.
type ask struct {
	sign sign
	weak uint64 // bits of the key that may differ
	pic  uint32
	turn uint8
}

// asksOf lists the pictures from-to in their turns, those that make a difference: a picture may be the same on both
// sides.
func asksOf(prints []PicturePrint, from, to int) (out []ask) {
	for i := from; i < to; i++ {
		p := &prints[i]
		for t := range turns {
			if p.Flat || slices.Contains(p.turned[:t], p.turned[t]) {
				continue
			}
			a := ask{sign: p.turned[t], pic: uint32(i), turn: uint8(t)}
			for _, bit := range p.weak[t>>2] {
				a.weak |= 1 << bit
			}
			out = append(out, a)
		}
	}
	return out
}

// like finds the pictures that hold one of those from-to, whole or cut, in any turn.
func (x *keyIndex) like(prints []PicturePrint, from, to int) (out []Likeness) {
	asks := asksOf(prints, from, to)
	seen := x.gather(asks)
	var nears []near
	for i, s := range seen {
		a := &asks[s.ask]
		nears = append(nears, nearest(&prints[s.pic], s.pic, a))
		if i+1 == len(seen) || asks[seen[i+1].ask].pic != a.pic {
			out = append(out, layOver(prints, int(a.pic), nears)...)
			nears = nears[:0]
		}
	}
	return out
}

// sighting is a window found under a key of an ask.
type sighting struct{ ask, pic uint32 }

// gather lists the pictures with a window that is near an ask and differs from it in no bit of the key but weak
// ones, each once, in the order of the asks.
func (x *keyIndex) gather(asks []ask) (seen []sighting) {
	left := make([]int, len(asks))
	for i := range left {
		left[i] = 2 * crowd
	}
	for part := uint64(0); part < 1<<keyBits; part += 1 << (keyBits - partBits) {
		for i := range asks {
			a := &asks[i]
			if (a.sign.broad^part)&keyMask&^(a.weak|keyMask>>partBits) != 0 {
				continue
			}
			before := len(seen)
			seen = x.scan(seen, a, uint32(i), part, left[i])
			left[i] -= len(seen) - before
		}
	}
	slices.SortFunc(seen, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(a.ask, b.ask), cmp.Compare(a.pic, b.pic))
	})
	return slices.Compact(seen)
}

// scan adds what one part of the index holds for an ask, at most as many as are left.
func (x *keyIndex) scan(seen []sighting, a *ask, ask uint32, part uint64, left int) []sighting {
	const low = keyMask >> partBits
	ones, last := a.sign.ones(), a.pic
	for flips := a.weak & low; ; flips = (flips - 1) & a.weak & low { // every choice of them, none last
		key := part | (a.sign.broad^flips)&low
		from := x.starts[key]
		to := min(x.starts[key+1], from+throng)
		for n, h := range x.broad[from:to] {
			if bits.OnesCount64(h^a.sign.broad) > maxBroad {
				continue
			}
			w := sign{h, x.fine[from+uint32(n)]}
			if broad, fine := w.apart(a.sign); 7*(broad+fine) > maxSevenths*(ones+w.ones()) {
				continue
			}
			if pic := x.pics[from+uint32(n)]; pic != a.pic && pic != last && left > 0 {
				seen, last, left = append(seen, sighting{ask, pic}), pic, left-1
			}
		}
		if flips == 0 {
			return seen
		}
	}
}

// near is a picture that may hold the one looked for, laid in one of its turns, in one of its windows.
type near struct {
	pic          uint32
	turn, window uint8
	apart        uint8 // bits that differ
}

// nearest finds the window of a picture that is nearest to what is asked.
func nearest(p *PicturePrint, pic uint32, a *ask) near {
	out := near{pic: pic, turn: a.turn, apart: 2 * printBits}
	for w, o := range p.windows {
		if broad, fine := o.apart(a.sign); broad+fine < int(out.apart) {
			out.window, out.apart = uint8(w), uint8(broad+fine)
		}
	}
	return out
}

// layOver lays the i-th over those near it and keeps those that fit.
func layOver(prints []PicturePrint, i int, nears []near) (out []Likeness) {
	if len(nears) > crowd {
		slices.SortFunc(nears, func(a, b near) int {
			return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.pic, b.pic), cmp.Compare(a.turn, b.turn))
		})
		nears = nears[:crowd]
	}
	var laid [turns]*laid
	for _, n := range nears {
		if laid[n.turn] == nil {
			laid[n.turn] = layDown(&prints[i].tiny, int(n.turn))
		}
		whole := int(n.pic)
		if share := laid[n.turn].fit(&prints[whole].tiny, int(n.window)); share > 0 {
			out = append(out, Likeness{A: min(whole, i), B: max(whole, i), Share: share, Turn: int(n.turn)})
		}
	}
	return out
}
