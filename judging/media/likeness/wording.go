package likeness

import (
	"context"
	"slices"
)

// What counts as alike in texts. Measured on essays of one theme: see TestRecallAndFalseAlarmsOfTexts.
const (
	leastShare  = 0.25 // of the groups of three that either text has, those that both have
	leastCopied = 0.15 // of the runs of the shorter text, those in the longer
	leastRuns   = 60   // letters that a copied part must have
	usualPart   = 0.08 // a run that more than this part of all texts has is what everybody writes
	usualLeast  = 12   // texts that must have a run before it can be usual
	fewTelling  = 12   // groups without the usual ones below which a text is compared with all it has
)

// AlikeTexts finds all pairs among prints of which one was made from the other: paragraphs moved, names changed, a
// part taken over. Groups of characters that many of the texts have, as a motto or the head of a form, don't count.
// It uses all processors; equal lists give equal answers, ordered by A and B. A cancelled ctx comes back as its
// error.
func AlikeTexts(ctx context.Context, prints []TextPrint, progress func(done, total int)) ([]Likeness, error) {
	usual := newUsual(prints)
	telling := make([]TextPrint, len(prints))
	for i, p := range prints {
		telling[i] = usual.without(p)
	}
	index := newRunIndex(telling)
	found := make([][]Likeness, len(prints))
	err := spreadOut(ctx, len(prints), 64, progress, func() func(i int) {
		shared := make([]uint16, len(prints))
		var touched []uint32
		return func(i int) {
			found[i], touched = index.like(telling, i, shared, touched[:0])
		}
	})
	if err != nil {
		return nil, err
	}
	return bestOfPairs(slices.Concat(found...)), nil
}

// CompareTexts returns how alike two texts are, 0-1, when nothing is known of what others write.
func CompareTexts(a, b TextPrint) float64 { return shareOf(a, b) }

// usual holds the groups that many texts have.
type usual struct{ grams, runs map[uint32]bool }

func newUsual(prints []TextPrint) usual {
	limit := max(int(usualPart*float64(len(prints))), usualLeast)
	return usual{
		grams: oftenIn(prints, limit, func(p TextPrint) []uint32 { return p.grams }),
		runs:  oftenIn(prints, limit, func(p TextPrint) []uint32 { return p.runs }),
	}
}

// oftenIn lists the hashes that more than limit prints have.
func oftenIn(prints []TextPrint, limit int, of func(TextPrint) []uint32) map[uint32]bool {
	out := map[uint32]bool{}
	if len(prints) <= limit {
		return out
	}
	total := 0
	for _, p := range prints {
		total += len(of(p))
	}
	all := make([]uint32, 0, total)
	for _, p := range prints {
		all = append(all, of(p)...)
	}
	slices.Sort(all)
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end] == all[i] {
			end++
		}
		if end-i > limit {
			out[all[i]] = true
		}
		i = end
	}
	return out
}

// without leaves the groups that tell p from others; where next to none are left, p stays as it is.
func (u usual) without(p TextPrint) TextPrint {
	out := TextPrint{Letters: p.Letters, grams: unlike(p.grams, u.grams), runs: unlike(p.runs, u.runs)}
	if len(out.grams) < fewTelling {
		return p
	}
	return out
}

func unlike(list []uint32, out map[uint32]bool) []uint32 {
	if len(out) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(h uint32) bool { return out[h] })
}

// runIndex lists the texts that have a run.
type runIndex struct {
	at    map[uint32]postings
	texts []uint32
}

type postings struct{ from, to uint32 }

func newRunIndex(prints []TextPrint) runIndex {
	total := 0
	for _, p := range prints {
		total += len(p.runs)
	}
	pairs := make([]uint64, 0, total)
	for i, p := range prints {
		for _, h := range p.runs {
			pairs = append(pairs, uint64(h)<<32|uint64(i))
		}
	}
	slices.Sort(pairs)
	x := runIndex{at: make(map[uint32]postings), texts: make([]uint32, len(pairs))}
	for from := 0; from < len(pairs); {
		to := from
		for to < len(pairs) && pairs[to]>>32 == pairs[from]>>32 {
			x.texts[to] = uint32(pairs[to])
			to++
		}
		if to-from > 1 { // a run of one text leads nowhere
			x.at[uint32(pairs[from]>>32)] = postings{uint32(from), uint32(to)}
		}
		from = to
	}
	return x
}

// like finds the texts after the i-th that share enough with it. shared counts common runs by text and is left empty.
func (x runIndex) like(prints []TextPrint, i int, shared []uint16, touched []uint32) (out []Likeness, again []uint32) {
	for _, h := range prints[i].runs {
		s, ok := x.at[h]
		if !ok {
			continue
		}
		for _, other := range x.texts[s.from:s.to] {
			if int(other) <= i {
				continue
			}
			if shared[other] == 0 {
				touched = append(touched, other)
			}
			shared[other]++
		}
	}
	for _, other := range touched {
		n := int(shared[other])
		shared[other] = 0
		if n < 2 {
			continue
		}
		if share := shareOf(prints[i], prints[other]); share > 0 {
			out = append(out, Likeness{A: i, B: int(other), Share: share})
		}
	}
	return out, touched
}

// shareOf is the part that two texts have in common, or the part of the shorter that stands in the longer,
// whichever is more; 0 when it is too little to tell.
func shareOf(a, b TextPrint) float64 {
	if min(a.Letters, b.Letters) < leastProse {
		return 0
	}
	common := inBoth(a.grams, b.grams)
	share := float64(common) / float64(max(len(a.grams)+len(b.grams)-common, 1))
	if share < leastShare {
		share = 0
	}
	return min(max(share, copied(a, b)), 1)
}

// copied is the part of the shorter text's runs that stand in the longer, 0 when they are too few to tell.
func copied(a, b TextPrint) float64 {
	each := 1
	if a.Letters > shortText || b.Letters > shortText {
		each = runSample
	}
	ra, rb := sampled(a, each), sampled(b, each)
	common := inBoth(ra, rb)
	part := float64(common) / float64(max(min(len(ra), len(rb)), 1))
	if part < leastCopied || common*each < leastRuns-runLength {
		return 0
	}
	return part
}

// sampled thins a short text's runs to those that a long text would have kept.
func sampled(p TextPrint, each int) []uint32 {
	if each == 1 || p.Letters > shortText {
		return p.runs
	}
	return slices.DeleteFunc(slices.Clone(p.runs), func(h uint32) bool { return h%uint32(each) != 0 })
}

// inBoth counts what two ascending lists have in common.
func inBoth(a, b []uint32) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch x, y := a[0], b[0]; {
		case x < y:
			a = a[1:]
		case x > y:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
