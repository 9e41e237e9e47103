package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media/likeness"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// matchRecord is a pair found in one search. Readers look at the search that the counter "matches" names, so that a
// search is seen whole or not at all.
type matchRecord struct {
	Search int `json:"search"`
	judging.Duplicate
}

// verdictRecord is what was decided of a pair: it outlives the searches.
type verdictRecord struct {
	Works  [2]string               `json:"works"`
	Reason judging.DuplicateReason `json:"reason"`
	judging.DuplicateRuling
}

var (
	likes = store.NewTable("match", 1, func(m *matchRecord) string { return matchPrefix(m.Search) + m.ID() })
	// A verdict holds for the pair, whatever the reason for which it was found.
	verdicts = store.NewTable("verdict", 1, func(v *verdictRecord) string {
		return judging.DuplicateID(v.Works, v.Reason)
	})
)

func matchPrefix(search int) string { return judging.Serial("m", 6, search) + "/" }

// Limits of a search.
const (
	maxMatches = 20_000 // pairs kept, the most alike first
	sameCrowd  = 20     // files of one content of which each is paired with each; of more, each with the first only
)

// FindDuplicates compares all works with each other and with the references: same bytes, pictures that look alike,
// texts that read alike, and almost equal titles of one author. Files are read once and remembered. It returns what
// ListDuplicates returns. A cancelled search leaves the pairs of the one before.
func (o Duplicates) FindDuplicates(ctx context.Context, progress func(done, total int)) ([]judging.Duplicate, error) {
	field, err := records.View(ctx, o.rec.DB, loadLookalikes)
	if err != nil {
		return nil, err
	}
	if err := o.takePrints(ctx, field.kinds, progress); err != nil {
		return nil, err
	}
	if progress != nil {
		progress(0, 0)
	}
	known, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]printRecord, error) {
		return loadPrints(tx, field.kinds)
	})
	if err != nil {
		return nil, err
	}
	found, err := field.search(ctx, known)
	if err != nil {
		return nil, err
	}
	if err := o.keepMatches(ctx, found); err != nil {
		return nil, err
	}
	return o.ListDuplicates(ctx)
}

// Compared reports whether works were ever compared: until then, no pair means nothing.
func Compared(tx store.Tx) (bool, error) {
	n, err := records.Last(tx, "matches")
	return n > 0, err
}

// keepMatches writes the pairs of a search in addition to the previous ones, then lets readers see them and drops
// the old.
func (o Duplicates) keepMatches(ctx context.Context, found []judging.Duplicate) error {
	var search int
	err := o.rec.In(records.Settings).Update(ctx, func(tx store.Tx) (err error) {
		search, err = records.Take(tx, "match", 1)
		return err
	})
	if err != nil {
		return err
	}
	kept := make([]matchRecord, len(found))
	for i, d := range found {
		kept[i] = matchRecord{search, d}
	}
	cost := func(i int) (int, int) { return likes.Cost(kept[i]) }
	err = store.Bulk(ctx, o.rec.In(records.Settings), len(kept), cost, func(tx store.Tx,
		i int) error {
		return likes.Put(tx, kept[i])
	}, nil)
	if err != nil {
		return err
	}
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if err := records.Counters.Put(tx, records.Counter{Name: "matches", Last: search}); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.duplicates", "", nil, map[string]int{"pairs": len(found)})
	})
	if err != nil {
		return err
	}
	return o.dropMatches(ctx, search)
}

// dropMatches removes the pairs of all searches but one.
func (o Duplicates) dropMatches(ctx context.Context, but int) error {
	old, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		var out []string
		err := likes.Each(tx, func(m matchRecord) error {
			if m.Search != but {
				out = append(out, matchPrefix(m.Search)+m.ID())
			}
			return nil
		})
		return out, err
	})
	if err != nil {
		return err
	}
	cost := func(i int) (int, int) { return 1, len(old[i]) + 16 }
	return store.Bulk(ctx, o.rec.In(records.Settings), len(old), cost, func(tx store.Tx,
		i int) error {
		return likes.Delete(tx, old[i])
	}, nil)
}

// ListDuplicates lists the pairs of the last search with what was decided of them: the surest reason first, the most
// alike first, those decided last. Pairs of works that are gone are left out.
func (o Duplicates) ListDuplicates(ctx context.Context) ([]judging.Duplicate, error) {
	out, err := records.View(ctx, o.rec.DB, LastDuplicates)
	slices.SortStableFunc(out, func(a, b judging.Duplicate) int {
		return cmp.Or(cmp.Compare(ruledLast(a), ruledLast(b)), cmp.Compare(sureness(a.Reason), sureness(b.Reason)),
			cmp.Compare(b.Similarity, a.Similarity), strings.Compare(a.ID(), b.ID()))
	})
	return out, err
}

// LastDuplicates reads the pairs of the last search with what was decided of them, in no order.
func LastDuplicates(tx store.Tx) ([]judging.Duplicate, error) {
	search, err := records.Last(tx, "matches")
	if err != nil || search == 0 {
		return nil, err
	}
	there, err := presentSides(tx)
	if err != nil {
		return nil, err
	}
	ruled := map[string]judging.DuplicateRuling{}
	err = verdicts.Each(tx, func(v verdictRecord) error {
		ruled[judging.DuplicateID(v.Works, v.Reason)] = v.DuplicateRuling
		return nil
	})
	if err != nil {
		return nil, err
	}
	return records.Collect(func(fn func(judging.Duplicate) error) error {
		return likes.EachPrefix(tx, matchPrefix(search), func(m matchRecord) error {
			if !there[m.Works[0]] || !there[m.Works[1]] {
				return nil
			}
			m.Verdict = ruled[m.ID()]
			return fn(m.Duplicate)
		})
	})
}

func ruledLast(d judging.Duplicate) int {
	if d.Verdict.Verdict == "" {
		return 0
	}
	return 1
}

// sureness ranks the reasons: one author's like titles are often a series.
func sureness(r judging.DuplicateReason) int {
	return slices.Index(
		[]judging.DuplicateReason{judging.SameBytes, judging.SimilarPicture, judging.SimilarText, judging.SimilarTitle},
		r,
	)
}

// presentSides is the set of works that count and of references.
func presentSides(tx store.Tx) (map[string]bool, error) {
	there := map[string]bool{}
	err := records.EachWork(tx, func(w judging.Work) error { there[string(w.ID)] = true; return nil })
	if err != nil {
		return nil, err
	}
	return there, references.Each(tx, func(r Reference) error { there[string(r.ID)] = true; return nil })
}

// DecideDuplicate keeps what the organiser thinks of a pair; it is remembered through later searches, and can be
// decided again. An empty verdict takes the decision back. Errors: NotFound, Invalid.
func (o Duplicates) DecideDuplicate(
	ctx context.Context, id string, verdict judging.DuplicateVerdict, why string,
) error {
	why = judging.Tidy(why)
	if verdict != "" {
		if err := judging.CheckVerdict(verdict, why); err != nil {
			return err
		}
	}
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		m, err := loadMatch(tx, id)
		if err != nil {
			return err
		}
		before := m.Verdict
		if verdict == "" {
			if err := verdicts.Delete(tx, id); err != nil {
				return err
			}
			return o.rec.Log(tx, "works.decide-duplicate", id, before, nil)
		}
		v := verdictRecord{m.Works, m.Reason, judging.DuplicateRuling{
			Verdict: verdict,
			Why:     why,
			By:      o.rec.Actor,
			At:      o.rec.Now().UTC(),
		}}
		if err := verdicts.Put(tx, v); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.decide-duplicate", id, before, v.DuplicateRuling)
	})
}

// side is a work or a reference as the search sees it.
type side struct {
	id, title string
	authors   []string
	from      string // the set of a reference
	files     []judging.File
}

// lookalikes is all that a search compares.
type lookalikes struct {
	sides  []side            // works first, in order, then references
	kinds  map[string]string // of each file by its sum
	owners map[string][]int  // the sides that have a file, ascending
}

func loadLookalikes(tx store.Tx) (lookalikes, error) {
	l := lookalikes{kinds: map[string]string{}, owners: map[string][]int{}}
	err := records.EachWork(tx, func(w judging.Work) error {
		l.add(side{id: string(w.ID), title: w.Title, authors: w.Authors, files: w.Judged()})
		return nil
	})
	if err != nil {
		return l, err
	}
	return l, references.Each(tx, func(r Reference) error {
		l.add(side{
			id:      string(r.ID),
			title:   r.Title,
			authors: r.Authors,
			from:    r.Set,
			files:   []judging.File{{Sum: r.Sum, Kind: r.Kind}},
		})
		return nil
	})
}

func (l *lookalikes) add(s side) {
	at := len(l.sides)
	l.sides = append(l.sides, s)
	for _, f := range s.files {
		if f.Sum == "" {
			continue
		}
		l.kinds[f.Sum] = f.Kind
		if own := l.owners[f.Sum]; len(own) == 0 || own[len(own)-1] != at {
			l.owners[f.Sum] = append(own, at)
		}
	}
}

// search finds all pairs, each once for each reason; two files of the same bytes are not reported again as alike.
func (l *lookalikes) search(ctx context.Context, known []printRecord) ([]judging.Duplicate, error) {
	b := pairBook{l, map[string]judging.Duplicate{}}
	for sum, own := range l.owners {
		for i, a := range own {
			for k := i + 1; k < len(own) && (i == 0 || len(own) <= sameCrowd); k++ {
				b.note(a, own[k], judging.Duplicate{
					Reason:     judging.SameBytes,
					Similarity: 1,
					Sums:       [2]string{sum, sum},
				})
			}
		}
	}
	l.searchTitles(&b)
	if err := l.searchPrints(ctx, known, &b); err != nil {
		return nil, err
	}
	return b.pairs(), nil
}

// searchPrints compares pictures with pictures and texts with texts.
func (l *lookalikes) searchPrints(ctx context.Context, known []printRecord, b *pairBook) error {
	var pictures []likeness.PicturePrint
	var texts []likeness.TextPrint
	var pictureSums, textSums []string
	for _, r := range known {
		switch {
		case len(r.Picture) > 0:
			var p likeness.PicturePrint
			if err := p.UnmarshalBinary(r.Picture); err != nil {
				return err
			}
			pictures, pictureSums = append(pictures, p), append(pictureSums, r.Sum)
		case len(r.Text) > 0:
			var p likeness.TextPrint
			if err := p.UnmarshalBinary(r.Text); err != nil {
				return err
			}
			texts, textSums = append(texts, p), append(textSums, r.Sum)
		}
	}
	alike, err := likeness.AlikePictures(ctx, pictures, nil)
	if err != nil {
		return err
	}
	b.noteAlike(judging.SimilarPicture, pictureSums, alike)
	if alike, err = likeness.AlikeTexts(ctx, texts, nil); err != nil {
		return err
	}
	b.noteAlike(judging.SimilarText, textSums, alike)
	return nil
}

// searchTitles pairs works of one author whose titles are almost equal.
func (l *lookalikes) searchTitles(b *pairBook) {
	byAuthor := map[string][]int{}
	for i, s := range l.sides {
		for _, a := range s.authors {
			if key := judging.Fold(a); key != "" && !slices.Contains(byAuthor[key], i) {
				byAuthor[key] = append(byAuthor[key], i)
			}
		}
	}
	for _, own := range byAuthor {
		if len(own) > 200 { // a name that stands for many: 佚名, 集体创作
			continue
		}
		for i, x := range own {
			for _, y := range own[i+1:] {
				if share := judging.TitleLikeness(
					l.sides[x].title, l.sides[y].title,
				); share >= judging.LeastTitleLikeness {
					b.note(x, y, judging.Duplicate{Reason: judging.SimilarTitle, Similarity: share})
				}
			}
		}
	}
}

// pairBook collects pairs, of each pair and reason the most alike.
type pairBook struct {
	field *lookalikes
	best  map[string]judging.Duplicate
}

// note takes down that two sides are alike. A side is not like itself, and references are not compared with each
// other.
func (b *pairBook) note(x, y int, d judging.Duplicate) {
	if x > y {
		x, y = y, x
		d.Sums[0], d.Sums[1] = d.Sums[1], d.Sums[0]
	}
	one, two := b.field.sides[x], b.field.sides[y]
	if x == y || one.from != "" {
		return
	}
	d.Works, d.From = [2]string{one.id, two.id}, two.from
	d.Titles = [2]string{one.title, two.title}
	d.Authors = [2]string{strings.Join(one.authors, "、"), strings.Join(two.authors, "、")}
	before, has := b.best[d.ID()]
	if !has || before.Similarity < d.Similarity ||
		before.Similarity == d.Similarity && d.Sums[0]+d.Sums[1] < before.Sums[0]+before.Sums[1] {
		b.best[d.ID()] = d
	}
}

// noteAlike notes files that are alike for all works that have them.
func (b *pairBook) noteAlike(reason judging.DuplicateReason, sums []string, alike []likeness.Likeness) {
	for _, k := range alike {
		one, two := b.field.owners[sums[k.A]], b.field.owners[sums[k.B]]
		for _, x := range one[:min(len(one), sameCrowd)] {
			for _, y := range two[:min(len(two), sameCrowd)] {
				b.note(x, y, judging.Duplicate{
					Reason:     reason,
					Similarity: k.Share,
					Turned:     k.Turn != 0,
					Sums:       [2]string{sums[k.A], sums[k.B]},
				})
			}
		}
	}
}

// pairs lists what was found, the most alike first, without what same bytes tell already.
func (b *pairBook) pairs() []judging.Duplicate {
	out := []judging.Duplicate{}
	for _, d := range b.best {
		_, same := b.best[judging.DuplicateID(d.Works, judging.SameBytes)]
		if same && (d.Reason == judging.SimilarPicture || d.Reason == judging.SimilarText) {
			continue
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b judging.Duplicate) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), strings.Compare(a.ID(), b.ID()))
	})
	return out[:min(len(out), maxMatches)]
}
