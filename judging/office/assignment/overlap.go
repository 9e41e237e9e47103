package assignment

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Overlap says how many works each two judges of a plan share: by shared works judges can be compared.
type Overlap struct {
	Judges []OverlapJudge `json:"judges"` // those with works, by category in the rules' order, then by identity
	Shared [][]int        `json:"shared"` // works of both judge i and judge k; at i = k all works of judge i
}

// OverlapJudge is a judge with the category in which they have most works.
type OverlapJudge struct {
	ID       judging.JudgeID `json:"id"`
	Name     string          `json:"name"`
	Category string          `json:"category"`
}

// PlanOverlap counts the works that the judges of a plan share, two by two. Errors: NotFound for a plan that is not
// there.
func (o Stage) PlanOverlap(ctx context.Context, id judging.PlanID) (Overlap, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Overlap, error) {
		if _, err := records.Plans.Get(tx, string(id)); err != nil {
			return Overlap{}, err
		}
		rules, err := records.LoadRules(tx)
		if err != nil {
			return Overlap{}, err
		}
		lists, err := records.PlanRosters(tx, id)
		if err != nil {
			return Overlap{}, err
		}
		category := map[judging.WorkID]string{}
		if err := records.EachWork(tx, func(w judging.Work) error {
			category[w.ID] = w.Category
			return nil
		}); err != nil {
			return Overlap{}, err
		}
		lists = slices.DeleteFunc(lists, func(r judging.Roster) bool { return len(r.Works) == 0 })
		main := map[judging.JudgeID]int{}
		for _, r := range lists {
			main[r.Judge] = mainCategory(rules, r.Works, category)
		}
		slices.SortStableFunc(lists, func(a, b judging.Roster) int {
			return cmp.Or(cmp.Compare(main[a.Judge], main[b.Judge]), cmp.Compare(a.Judge, b.Judge))
		})
		out := Overlap{Judges: []OverlapJudge{}, Shared: shared(lists)}
		names, err := records.JudgeNames(tx)
		if err != nil {
			return Overlap{}, err
		}
		for _, r := range lists {
			out.Judges = append(out.Judges, OverlapJudge{r.Judge, names[r.Judge], rules.Categories[main[r.Judge]].Name})
		}
		return out, nil
	})
}

// mainCategory is the index of the category with most of works; of equals the first in the rules.
func mainCategory(rules judging.Rules, works []judging.WorkID, category map[judging.WorkID]string) int {
	count := map[string]int{}
	for _, w := range works {
		count[category[w]]++
	}
	best := 0
	for i, c := range rules.Categories {
		if count[c.Name] > count[rules.Categories[best].Name] {
			best = i
		}
	}
	return best
}

// shared counts the works of each two lists.
func shared(lists []judging.Roster) [][]int {
	of := map[judging.WorkID][]int{}
	out := make([][]int, len(lists))
	for i, r := range lists {
		out[i] = make([]int, len(lists))
		for _, w := range r.Works {
			of[w] = append(of[w], i)
		}
	}
	for _, panel := range of {
		for _, i := range panel {
			for _, k := range panel {
				out[i][k]++
			}
		}
	}
	return out
}
