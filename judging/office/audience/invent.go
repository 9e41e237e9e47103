package audience

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// inventedFrom is the source and the period of invented votes.
const inventedFrom = "演练"

// Invent gives the works of a rehearsal votes where the rules ask for some and no list came in: few works have most of
// them. The same seed gives the same.
func Invent(ctx context.Context, rec *records.Records, seed uint64) error {
	var counts []votelists.Count
	var lines strings.Builder
	err := rec.DB.View(ctx, func(tx store.Tx) error {
		counts = nil
		lines.Reset()
		lines.WriteString("作品编号,票数\n")
		rules, err := records.RuleSheet(tx)
		if err != nil || rules.Audience == nil && !terms.SpecialsHear(rules.Specials) {
			return err
		}
		all, err := votelists.All(tx)
		if err != nil || len(votelists.Holding(all)) > 0 {
			return err
		}
		works, err := records.AllWorks(tx, func(w judging.Work) bool { return w.Status == judging.Accepted })
		r := rand.New(rand.NewPCG(seed, 1<<33))
		for _, w := range works {
			n := int(math.Exp(4 + 1.5*min(3, r.NormFloat64())))
			counts = append(counts, votelists.Count{Work: w.ID, Votes: n})
			fmt.Fprintf(&lines, "%s,%d\n", w.Code, n)
		}
		return err
	})
	if err != nil || len(counts) == 0 {
		return err
	}
	blob, err := rec.Blobs.Put(ctx, strings.NewReader(lines.String()))
	if err != nil {
		return err
	}
	return rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		n, err := records.Take(tx, "audience", 1)
		if err != nil {
			return err
		}
		l := votelists.List{
			ID: judging.Serial("a", 4, n), Source: inventedFrom, Period: inventedFrom, File: inventedFrom + ".csv",
			Sum: blob.Sum, Counts: counts, By: rec.Actor, At: rec.Now().UTC(),
		}
		return records.FirstError(votelists.Table.Put(tx, l), rec.Log(tx, "scores.audience", l.ID, nil, map[string]any{
			"source": l.Source, "sha256": l.Sum, "works": len(counts),
		}))
	})
}
