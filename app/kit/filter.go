package kit

import (
	"slices"
	"strings"

	"fayi/app/kit/script"
)

// Filter is what a user wants to see. It is a value that can be compared: pages keep it, give it back to the bar and
// put it into routes.
type Filter struct {
	Text  string            // words to be found, all of them
	Quick string            // key of the state pressed, or ""
	Picks [MostPicks]Picked // what is chosen, in the order of the names, then empty ones
}

// MostPicks is how many choices a filter bar can have.
const MostPicks = 4

// Picked is the key chosen for one choice of a filter bar.
type Picked struct{ Name, Key string }

// Pick returns the key chosen for name, "" for all.
func (f Filter) Pick(name string) string {
	for _, p := range f.Picks {
		if p.Name == name {
			return p.Key
		}
	}
	return ""
}

// Empty reports whether the filter lets everything through.
func (f Filter) Empty() bool {
	return strings.TrimSpace(f.Text) == "" && f.Quick == "" && f.Picks == [MostPicks]Picked{}
}

// With returns f with name chosen to be key; "" takes the choice back. A choice beyond MostPicks is left out.
func (f Filter) With(name, key string) Filter {
	all := slices.DeleteFunc(slices.Clone(f.Picks[:]), func(p Picked) bool { return p.Name == name || p.Name == "" })
	if key != "" && len(all) < MostPicks {
		all = append(all, Picked{name, key})
	}
	slices.SortFunc(all, func(a, b Picked) int { return strings.Compare(a.Name, b.Name) })
	f.Picks = [MostPicks]Picked{}
	copy(f.Picks[:], all)
	return f
}

// Finds reports whether each word of f.Text occurs in one of the fields, whatever its case or width.
func (f Filter) Finds(fields ...string) bool {
	for _, word := range strings.Fields(script.Fold(f.Text)) {
		found := false
		for _, field := range fields {
			if found = strings.Contains(script.Fold(field), word); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
