package tally

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// Work is what the scores of a work come to that count in a round.
type Work struct {
	Scores int
	Range  judging.Points // between the highest and the lowest total
}

// block holds the works of a round whose identities differ in the last two characters only: of 100,000 works a save
// writes a kilobyte, and all are read in a thousand records. Works without a score that counts are not in it.
type block struct {
	Round judging.Round `json:"round"`
	Block string        `json:"block"` // what their identities begin with
	Works string        `json:"works"` // "07=5/120000 23=3/0": the rest of the identity, scores, range; sorted
}

var blocks = store.NewTable("tally_work", 1, func(b *block) string { return blockID(b.Round, b.Block) })

func blockID(r judging.Round, begin string) string { return roundID(r) + "/" + begin }

// split parts an identity into what names its block and the rest.
func split(work string) (begin, rest string) {
	at := max(0, len(work)-2)
	return work[:at], work[at:]
}

// each calls fn with the works of a block in the order of their identities.
func (b block) each(fn func(rest string, w Work)) {
	for one := range strings.SplitSeq(b.Works, " ") {
		rest, counts, _ := strings.Cut(one, "=")
		scores, spread, _ := strings.Cut(counts, "/")
		n, _ := strconv.Atoi(scores)
		apart, _ := strconv.ParseInt(spread, 10, 64)
		if n > 0 {
			fn(rest, Work{n, judging.Points(apart)})
		}
	}
}

// set writes the works of a block.
func (b *block) set(works map[string]Work) {
	var out []string
	for _, rest := range slices.Sorted(maps.Keys(works)) {
		if w := works[rest]; w.Scores > 0 {
			out = append(out, rest+"="+strconv.Itoa(w.Scores)+"/"+strconv.FormatInt(int64(w.Range), 10))
		}
	}
	b.Works = strings.Join(out, " ")
}

// WorksOf calls fn with what the scores of each work of a round come to; ok is false, and nothing is called, where it
// is not known.
func WorksOf(tx store.Tx, round judging.Round, fn func(judging.WorkID, Work)) (ok bool, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return false, err
	}
	return true, blocks.EachPrefix(tx, roundID(round)+"/", func(b block) error {
		b.each(func(rest string, w Work) { fn(judging.WorkID(b.Block+rest), w) })
		return nil
	})
}

// spans gathers totals that count.
type spans map[string]*span

type span struct {
	scores    int
	low, high judging.Points
}

func (s spans) add(work string, x *score) {
	if x.Void != "" || x.now().State != judging.Scored {
		return
	}
	total := judging.Exact(x.now().Total)
	of := s[work]
	if of == nil {
		s[work] = &span{1, total, total}
		return
	}
	of.scores, of.low, of.high = of.scores+1, min(of.low, total), max(of.high, total)
}

func (s spans) of(work string) Work {
	if of := s[work]; of != nil {
		return Work{of.scores, of.high - of.low}
	}
	return Work{}
}

// blocksOf puts the works of a round into blocks.
func (s spans) blocksOf(round judging.Round) map[string]block {
	by := map[string]map[string]Work{}
	for work := range s {
		begin, rest := split(work)
		if by[begin] == nil {
			by[begin] = map[string]Work{}
		}
		by[begin][rest] = s.of(work)
	}
	out := map[string]block{}
	for begin, works := range by {
		b := block{Round: round, Block: begin}
		b.set(works)
		out[blockID(round, begin)] = b
	}
	return out
}

// worksOf counts the works again of which one of these scores was written.
func (s *settling) worksOf(scored map[string]bool) error {
	again := map[string]map[string]bool{} // works, by round and block
	for id := range scored {
		round, rest, _ := strings.Cut(id, "/")
		work, _, _ := strings.Cut(rest, "/")
		begin, _ := split(work)
		key := round + "/" + begin
		if again[key] == nil {
			again[key] = map[string]bool{}
		}
		again[key][work] = true
	}
	for _, key := range slices.Sorted(maps.Keys(again)) {
		if err := s.block(key, again[key]); err != nil {
			return err
		}
	}
	return nil
}

func (s *settling) block(key string, again map[string]bool) error {
	name, begin, _ := strings.Cut(key, "/")
	kept, err := get(blocks, s.tx, key)
	if err != nil {
		return err
	}
	works := map[string]Work{}
	if kept != nil {
		kept.each(func(rest string, w Work) { works[rest] = w })
	}
	round, err := strconv.Atoi(strings.TrimPrefix(name, "r"))
	if err != nil {
		return err
	}
	for _, work := range slices.Sorted(maps.Keys(again)) {
		found := spans{}
		err := scores.EachPrefix(s.tx, name+"/"+work+"/", func(x score) error { found.add(work, &x); return nil })
		if err != nil {
			return err
		}
		_, rest := split(work)
		works[rest] = found.of(work)
	}
	b := block{Round: judging.Round(round), Block: begin}
	if b.set(works); b.Works == "" {
		return blocks.Delete(s.tx, key)
	}
	return blocks.Put(s.tx, b)
}
