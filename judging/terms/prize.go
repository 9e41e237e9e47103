package terms

import (
	"maps"
	"slices"
)

// UnitPrize 优秀组织奖 goes to the units with most points: PerWork for each accepted work and Points for each award won.
type UnitPrize struct {
	Name string `toml:"name" json:"name"`
	// how many units; those equal to the last one get it too
	Count int `toml:"count" json:"count"`
	// a unit must have sent so many accepted works
	MinWorks int                `toml:"min_works,omitempty" json:"min_works,omitempty"`
	PerWork  float64            `toml:"per_work,omitempty" json:"per_work,omitempty"` // points
	Points   map[string]float64 `toml:"points,omitempty" json:"points,omitempty"`     // award -> points
}

// MentorPrize 优秀指导教师奖 goes to the teachers of works with one of the awards From.
type MentorPrize struct {
	Name string   `toml:"name" json:"name"`
	From []string `toml:"from" json:"from"`
}

// PrizeFaults lists what makes prizes of units and teachers unusable, where awards are those of the rules. It adds
// their names to names: no other prize can have one of them.
func PrizeFaults(units []UnitPrize, mentors []MentorPrize, awards, names map[string]bool) (out []Fault) {
	bad := func(text string, args map[string]any) { out = append(out, Fault{text, args}) }
	name := func(where, name string) {
		if name == "" || names[name] {
			bad("rules.name_twice", map[string]any{"Where": where, "Name": name})
		}
		names[name] = true
	}
	known := func(where, award string) {
		if !awards[award] {
			bad("rules.unknown_name", map[string]any{"Where": where, "Value": award})
		}
	}
	for _, p := range units {
		name("unit_awards", p.Name)
		if p.Count < 0 || p.MinWorks < 0 || !(p.PerWork >= 0) {
			bad("rules.below_zero", map[string]any{"Where": p.Name})
		}
		for _, award := range slices.Sorted(maps.Keys(p.Points)) {
			known(p.Name, award)
		}
	}
	for _, p := range mentors {
		name("mentor_awards", p.Name)
		for _, award := range p.From {
			known(p.Name, award)
		}
	}
	return out
}
