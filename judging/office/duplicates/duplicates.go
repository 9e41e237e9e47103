package duplicates

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fayi/judging"
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
func (o Stage) FindDuplicates(ctx context.Context, progress func(done, total int)) ([]judging.Duplicate, error) {
	intakes, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (int, error) { return records.Last(tx, "intake") })
	if err != nil {
		return nil, err
	}
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
	if err := o.keepMatches(ctx, found, intakes); err != nil {
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
// the old. intakes is how many there had been when the search began.
func (o Stage) keepMatches(ctx context.Context, found []judging.Duplicate, intakes int) error {
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
		if err := remember(tx, intakes); err != nil {
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
func (o Stage) dropMatches(ctx context.Context, but int) error {
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
func (o Stage) ListDuplicates(ctx context.Context) ([]judging.Duplicate, error) {
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
func (o Stage) DecideDuplicate(
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
