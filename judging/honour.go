package judging

import (
	"cmp"
	"slices"
)

// UnitPrize 优秀组织奖 goes to the units with most points: PerWork for each accepted work and Points for each award won.
type UnitPrize struct {
	Name     string             `toml:"name" json:"name"`
	Count    int                `toml:"count" json:"count"`                             // how many units; those equal to the last one get it too
	MinWorks int                `toml:"min_works,omitempty" json:"min_works,omitempty"` // a unit must have sent so many accepted works
	PerWork  float64            `toml:"per_work,omitempty" json:"per_work,omitempty"`   // points
	Points   map[string]float64 `toml:"points,omitempty" json:"points,omitempty"`       // award -> points
}

// MentorPrize 优秀指导教师奖 goes to the teachers of works with one of the awards From.
type MentorPrize struct {
	Name string   `toml:"name" json:"name"`
	From []string `toml:"from" json:"from"`
}

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
	Prize   string   `json:"prize"`
	Teacher string   `json:"teacher"`
	Unit    string   `json:"unit"`
	Works   []WorkID `json:"works"`
}

// Body returns the unit that a work counts for: the one that sent it in, else the author's.
func (w Work) Body() string {
	if w.Sender != "" {
		return w.Sender
	}
	return w.Unit
}

// UnitHonours reckons every UnitPrize over the accepted works, most points first. awards tells each work's award.
func UnitHonours(rules Rules, works []Work, awards map[WorkID]string) (out []UnitHonour) {
	for _, p := range rules.UnitPrizes {
		at := map[string]*UnitHonour{}
		var list []*UnitHonour
		for _, w := range works {
			key := Fold(w.Body())
			if key == "" {
				continue
			}
			if at[key] == nil {
				at[key] = &UnitHonour{Prize: p.Name, Unit: w.Body(), Won: map[string]int{}}
				list = append(list, at[key])
			}
			h, award := at[key], awards[w.ID]
			h.Works++
			points := Exact(h.Points) + Exact(p.PerWork)
			if award != "" {
				h.Won[award]++
				points += Exact(p.Points[award])
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
func MentorHonours(rules Rules, works []Work, awards map[WorkID]string) (out []MentorHonour) {
	for _, p := range rules.Mentors {
		at := map[string]int{}
		for _, w := range works {
			if !slices.Contains(p.From, awards[w.ID]) {
				continue
			}
			for _, t := range w.Teachers {
				key := Fold(t) + "\x1f" + Fold(w.Body())
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

// Minors says how the names of children appear in public.
type Minors string

// The ways; empty means Whole.
const (
	Whole    Minors = "whole"
	Surname  Minors = "surname"   // 张某某: the first character only
	UnitOnly Minors = "unit_only" // no name
)

// PublicName returns an author's name as it may appear in public. minor says whether the author's group is one of children.
func (m Minors) PublicName(name string, minor bool) string {
	if !minor || m == "" || m == Whole {
		return name
	}
	runes := []rune(Tidy(name))
	if m == UnitOnly || len(runes) == 0 {
		return ""
	}
	if len(runes) == 2 {
		return string(runes[0]) + "某"
	}
	return string(runes[0]) + "某某"
}

// Minor reports whether the authors of a group are children.
func (r Rules) Minor(group string) bool {
	for _, g := range r.Groups {
		if g.Name == group {
			return g.Minor
		}
	}
	return false
}

// AlternatesOf is how many works are kept as next in line.
func (r Rules) AlternatesOf() int {
	if r.Alternates == 0 {
		return 2
	}
	return r.Alternates
}
