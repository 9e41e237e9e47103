package award

import (
	"cmp"
	"slices"

	"fayi/judging"
)

// UnitHonour is one unit's standing for a UnitPrize.
type UnitHonour struct {
	Prize  string         `json:"prize"`
	Unit   string         `json:"unit"`
	Works  int            `json:"works"`
	Won    map[string]int `json:"won"` // award -> how many
	Points float64        `json:"points"`
	Given  bool           `json:"given"`
}

// MentorHonour is one teacher who gets a MentorPrize, with the works that earned it.
type MentorHonour struct {
	Prize   string           `json:"prize"`
	Teacher string           `json:"teacher"`
	Unit    string           `json:"unit"`
	Works   []judging.WorkID `json:"works"`
}

// UnitHonours computes every UnitPrize over the accepted works, most points first. awards tells each work's award.
func UnitHonours(rules judging.Rules, works []judging.Work, awards map[judging.WorkID]string) (out []UnitHonour) {
	for _, p := range rules.UnitPrizes {
		at := map[string]*UnitHonour{}
		var list []*UnitHonour
		for _, w := range works {
			key := judging.Fold(w.Body())
			if key == "" {
				continue
			}
			if at[key] == nil {
				at[key] = &UnitHonour{Prize: p.Name, Unit: w.Body(), Won: map[string]int{}}
				list = append(list, at[key])
			}
			h, award := at[key], awards[w.ID]
			h.Works++
			points := judging.Exact(h.Points) + judging.Exact(p.PerWork)
			if award != "" {
				h.Won[award]++
				points += judging.Exact(p.Points[award])
			}
			h.Points = points.Float()
		}
		list = slices.DeleteFunc(list, func(h *UnitHonour) bool { return h.Works < p.MinWorks || h.Points <= 0 })
		slices.SortStableFunc(list, func(a, b *UnitHonour) int {
			return cmp.Or(-cmp.Compare(a.Points, b.Points), cmp.Compare(a.Unit, b.Unit))
		})
		for i, h := range list {
			h.Given = i < p.Count || p.Count > 0 && h.Points == list[p.Count-1].Points
			out = append(out, *h)
		}
	}
	return out
}

// MentorHonours lists the teachers who get a MentorPrize, each once a prize, in the order of works.
func MentorHonours(rules judging.Rules, works []judging.Work, awards map[judging.WorkID]string) (out []MentorHonour) {
	for _, p := range rules.Mentors {
		at := map[string]int{}
		for _, w := range works {
			if !slices.Contains(p.From, awards[w.ID]) {
				continue
			}
			for _, t := range w.Teachers {
				key := judging.Fold(t) + "\x1f" + judging.Fold(w.Body())
				i, met := at[key]
				if !met {
					i, at[key] = len(out), len(out)
					out = append(out, MentorHonour{Prize: p.Name, Teacher: t, Unit: w.Body()})
				}
				out[i].Works = append(out[i].Works, w.ID)
			}
		}
	}
	return out
}
