package media

import (
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
	Turn  int     // for pictures: how the second lies beside the first, 0 as it is; odd ones are mirrored
}

// What counts as alike: bits that may differ between a window and a whole picture, and how well the small copies must fit.
const (
	maxBits    = 11
	leastFirst = 0.60 // correlation of the small copies as the window lays them
	leastFit   = 0.80 // and with their edges moved to where they agree best
	leastSharp = 0.50 // correlation, square by square, of what remains of them without their broad shapes
	noise      = 0.02 // part of the mean power below which a square shows nothing
	throng     = 2000 // pictures under one key of which no more are looked at: a form that everybody filled in
)

func badPrint() error { return judging.Fail(judging.Corrupt, "media.bad_print", nil) }

// AlikePictures finds all pairs among prints that show the same picture: smaller, compressed again, brighter or darker, mirrored, turned by quarters or with
// up to 8 % cut off at each edge. Flat ones are like nothing. It uses all processors; equal lists give equal answers, ordered by A and B. A cancelled ctx
// comes back as its error.
func AlikePictures(ctx context.Context, prints []PicturePrint, progress func(done, total int)) ([]Likeness, error) {
	index := newKeyIndex(prints)
	found := make([][]Likeness, len(prints))
	err := spreadOut(ctx, len(prints), progress, func() func(i int) {
		look := newLooker(prints, index)
		return func(i int) { found[i] = look.like(i) }
	})
	if err != nil {
		return nil, err
	}
	return bestOfPairs(slices.Concat(found...)), nil
}

// spreadOut calls the functions that worker makes, one for each processor, with every number below n, until ctx ends.
func spreadOut(ctx context.Context, n int, progress func(done, total int), worker func() func(i int)) error {
	const batch = 64
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

// keyIndex lists, for each low part of a window's hash, the pictures that have such a window.
type keyIndex struct {
	starts []uint32 // by the upper half of a key
	keys   []uint32
	pics   []uint32
}

const bucketBits = 16

func newKeyIndex(prints []PicturePrint) *keyIndex {
	const shift = keyBits - bucketBits
	x := &keyIndex{starts: make([]uint32, 1<<bucketBits+1)}
	own := make([][]uint32, len(prints))
	total := 0
	for i := range prints {
		own[i] = prints[i].keys()
		total += len(own[i])
		for _, k := range own[i] {
			x.starts[k>>shift+1]++
		}
	}
	for b := range 1 << bucketBits {
		x.starts[b+1] += x.starts[b]
	}
	x.keys, x.pics = make([]uint32, total), make([]uint32, total)
	at := slices.Clone(x.starts)
	for i, list := range own {
		for _, k := range list {
			n := at[k>>shift]
			at[k>>shift]++
			x.keys[n], x.pics[n] = k, uint32(i)
		}
	}
	return x
}

// keys lists the low parts of the windows' hashes, each once.
func (p *PicturePrint) keys() []uint32 {
	if p.Flat {
		return nil
	}
	out := make([]uint32, windows)
	for i, h := range p.windows {
		out[i] = uint32(h & keyMask)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// each calls fn with every picture that has a window under key.
func (x *keyIndex) each(key uint32, fn func(pic uint32)) {
	b := key >> (keyBits - bucketBits)
	seen := 0
	for n := x.starts[b]; n < x.starts[b+1] && seen < throng; n++ {
		if x.keys[n] == key {
			seen++
			fn(x.pics[n])
		}
	}
}

// looker looks for the pictures of which one is a part; it belongs to one goroutine.
type looker struct {
	prints []PicturePrint
	index  *keyIndex
	looked []uint32 // the last picture and turn for which each was looked at, so that none is looked at twice
	round  uint32
}

func newLooker(prints []PicturePrint, x *keyIndex) *looker {
	return &looker{prints: prints, index: x, looked: make([]uint32, len(prints))}
}

// like finds the pictures that hold the i-th, whole or cut, in any turn.
func (l *looker) like(i int) (out []Likeness) {
	p := &l.prints[i]
	if p.Flat {
		return nil
	}
	for t := range turns {
		l.round++
		hash, weak := p.turned[t], p.weak[t>>2]
		for flips := range 1 << weakBits {
			key := uint32(hash & keyMask)
			for b, bit := range weak {
				if flips>>b&1 != 0 {
					key ^= 1 << bit
				}
			}
			l.index.each(key, func(pic uint32) {
				if l.looked[pic] == l.round || int(pic) == i {
					return
				}
				l.looked[pic] = l.round
				if like, ok := l.compare(int(pic), i, t, hash); ok {
					out = append(out, like)
				}
			})
		}
	}
	return out
}

// compare looks for the window of the picture at whole that the picture at part shows when laid in the t-th way.
func (l *looker) compare(whole, part, t int, hash uint64) (Likeness, bool) {
	best, at := printBits, 0
	for w, h := range l.prints[whole].windows {
		if d := bits.OnesCount64(h ^ hash); d < best {
			best, at = d, w
		}
	}
	if best > maxBits {
		return Likeness{}, false
	}
	share := fit(&l.prints[whole].tiny, &l.prints[part].tiny, t, at)
	if share == 0 {
		return Likeness{}, false
	}
	return Likeness{A: min(whole, part), B: max(whole, part), Share: share, Turn: t}, true
}
