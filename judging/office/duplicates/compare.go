package duplicates

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media/likeness"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/text"
)

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
				if share := text.TitleLikeness(
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
