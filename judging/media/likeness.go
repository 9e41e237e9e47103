package media

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
	Turn  int     // for pictures: how the second lies beside the first, 0 as it is; odd ones are mirrored
}

// What counts as alike: how near the hashes of a window and of a whole picture must be, and how well the small copies must fit.
const (
	maxBroad    = 11   // bits of the broad hashes that may differ
	maxSevenths = 2    // bits that may differ, in sevenths of those set. Of a picture that is the same on both sides half are never set, nor can they differ
	leastFirst  = 0.60 // correlation of the small copies as the window lays them
	leastEarly  = 0.30 // correlation, square by square, of what remains of them without their broad shapes
	leastFit    = 0.80 // correlation with their edges moved to where they agree best
	leastSharp  = 0.50 // and then square by square
	noise       = 0.02 // part of the mean power below which a square shows nothing
)

// What a form that everybody filled in may cost.
const (
	throng = 4000 // windows under one key of which no more are looked at
	crowd  = 400  // pictures laid over one, the nearest of ten times as many
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

// keyIndex lists the windows of all pictures by the low bits of their hashes.
type keyIndex struct {
	starts []uint32 // of each key, and the end
	broad  []uint64 // both parts of the signs apart: most are told from the first
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

// looker looks for the pictures of which one is a part; it belongs to one goroutine.
type looker struct {
	prints []PicturePrint
	index  *keyIndex
	looked []uint32 // the last picture and turn for which each was looked at, so that none is looked at twice
	round  uint32
	near   []near // of the picture looked for
}

// near is a picture that may hold the one looked for, laid in one of its turns, in one of its windows.
type near struct {
	pic          uint32
	turn, window uint8
	apart        uint8 // bits that differ
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
	l.near = l.near[:0]
	for t := range turns {
		l.round++
		l.looked[i] = l.round
		l.gather(t, p.turned[t], p.weak[t>>2])
	}
	if len(l.near) > crowd {
		slices.SortFunc(l.near, func(a, b near) int {
			return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.pic, b.pic), cmp.Compare(a.turn, b.turn))
		})
		l.near = l.near[:crowd]
	}
	for _, n := range l.near {
		whole := int(n.pic)
		if share := fit(&l.prints[whole].tiny, &p.tiny, int(n.turn), int(n.window)); share > 0 {
			out = append(out, Likeness{A: min(whole, i), B: max(whole, i), Share: share, Turn: int(n.turn)})
		}
	}
	return out
}

// gather notes the pictures with a window that is near s and differs from it in no bit of the key but weak ones.
func (l *looker) gather(t int, s sign, weak [weakBits]uint8) {
	ones := s.ones()
	for flips := range 1 << weakBits {
		key := s.broad & keyMask
		for b, bit := range weak {
			key ^= uint64(flips>>b&1) << bit
		}
		from := l.index.starts[key]
		to := min(l.index.starts[key+1], from+throng)
		for n, h := range l.index.broad[from:to] {
			if bits.OnesCount64(h^s.broad) > maxBroad {
				continue
			}
			w := sign{h, l.index.fine[from+uint32(n)]}
			if broad, fine := w.apart(s); 7*(broad+fine) > maxSevenths*(ones+w.ones()) {
				continue
			}
			if pic := l.index.pics[from+uint32(n)]; l.looked[pic] != l.round && len(l.near) < 10*crowd {
				l.looked[pic] = l.round
				l.near = append(l.near, l.nearest(pic, t, s))
			}
		}
	}
}

// nearest finds the window of a picture that is nearest to s.
func (l *looker) nearest(pic uint32, t int, s sign) near {
	out := near{pic: pic, turn: uint8(t), apart: 2 * printBits}
	for w, o := range l.prints[pic].windows {
		if broad, fine := o.apart(s); broad+fine < int(out.apart) {
			out.window, out.apart = uint8(w), uint8(broad+fine)
		}
	}
	return out
}
