package award

import (
	"strings"

	"fayi/judging"
	"fayi/judging/terms"
)

// Grant 授奖 gives one award to one work. DecidedBy is "quota" when the rules gave it, "override" when a person did,
// with a reason.
type Grant struct {
	Work      judging.WorkID `json:"work"`
	Award     string         `json:"award"`
	Place     int            `json:"place"`
	DecidedBy string         `json:"decided_by"`
	Reason    string         `json:"reason,omitempty"`

	// the work's official score when it was decided; 0 in contests decided before it was kept
	Official float64 `json:"official,omitempty"`
}

// Slot is how many places an award has in one list.
type Slot struct {
	Award  string `json:"award"`
	Places int    `json:"places"`
	Part   *Part  `json:"part,omitempty"` // where its places are counted over the whole contest
}

// Decision is the awards of one category and group, with what is to be known of it.
type Decision struct {
	Category   string           `json:"category"`
	Group      string           `json:"group,omitempty"`
	Ranked     int              `json:"ranked"` // works that took part
	Slots      []Slot           `json:"slots,omitempty"`
	Grants     []Grant          `json:"grants"`
	Alternates []judging.WorkID `json:"alternates,omitempty"` // who would move up, in order
	Notes      []Note           `json:"notes,omitempty"`
	Traces     []Trace          `json:"traces,omitempty"` // what rulings changed
	Specials   []Special        `json:"specials,omitempty"`
}

// Note says what became of an award's places where it is not the plain thing: Empty places, places Extra through a
// tie, places held open by one, works that a cap touches.
type Note struct {
	Award  string `json:"award"`
	Places int    `json:"places"`
	Given  int    `json:"given"`
	// catalogue key: awards.below_minimum, tie_shared, tie_taken, tie_next, tie_held, tie_empty, too_few, total_full,
	// unit_cap, sender_cap, author_cap, cap_tied, over_unit_cap, over_sender_cap, over_author_cap, other_formula,
	// other_count, apart, vetoed, spread_even
	Why   string           `json:"why"`
	Works []judging.WorkID `json:"works,omitempty"`
	Lists []string         `json:"lists,omitempty"` // that have equal claims to places
}

// Args gives the text Why what it tells; list is the name of the category and group. Every text of a note gets all
// of them, so that no caller can forget one.
func (n Note) Args(list string) judging.Args {
	return judging.Args{"List": list, "Award": n.Award, "Places": n.Places, "Given": n.Given, "Count": len(n.Works),
		"Lists": strings.Join(n.Lists, "、")}
}

// AwardOf returns the award of a work, "" for none.
func (d Decision) AwardOf(w judging.WorkID) string {
	for _, g := range d.Grants {
		if g.Work == w {
			return g.Award
		}
	}
	return ""
}

// ID tells decisions apart.
func (d Decision) ID() string { return d.Category + "/" + d.Group }

// dealer hands out awards. Its zero maps know of no ruling.
type dealer struct {
	rules judging.Rules
	words map[judging.WorkID]Ruling           // the last word on a work
	ties  map[cut]Ruling                      // the last word on a tie at a cut
	bars  map[judging.WorkID]string           // works that a cap keeps from any award, and why
	even  map[judging.WorkID][]judging.WorkID // of those, the ones that share their place with works that keep theirs

	settled map[judging.WorkID]bool // works whose awards are within all caps and stay

	parts map[string]Part // of the list that is dealt with: how awards came to their places
}

// cut is where an award's places end in a list.
type cut struct{ category, group, award string }

// dealIn is deal by the rules as they hold in the list.
func (r dealer) dealIn(s Spread, list []Candidate) Decision {
	category, group := list[0].Category, list[0].Group
	own := s.lists[[2]string{category, group}]
	r.rules, r.parts = s.In(category, group), own.parts
	d := r.deal(list)
	for _, o := range own.open {
		d.Notes = append(d.Notes, Note{Award: o.Award, Places: o.Places, Why: "awards.spread_even", Lists: o.Lists})
	}
	return d
}

// deal decides one list, best first, of at least one work. A place below the award's minimum stays empty, and so do
// all after it; works tied across a cut all get the better award or, where the rules hold ties, no award until someone
// decides. Places that an award shared beyond its quota are not taken from the next award.
func (r dealer) deal(list []Candidate) Decision {
	d := Decision{Category: list[0].Category, Group: list[0].Group}
	free := make([]*judging.Placing, 0, len(list))
	pinned := map[string][]*judging.Placing{}
	for i := range list {
		c := &list[i]
		if c.Place == 0 {
			continue
		}
		d.Ranked++
		switch word := r.words[c.Work]; {
		case word.Kind == RuleGive:
			pinned[word.Award] = append(pinned[word.Award], &c.Placing)
		case word.Kind == "" && r.bars[c.Work] == "":
			free = append(free, &c.Placing)
		}
	}
	next, owed := 0, 0
	for _, a := range r.rules.Awards {
		for _, p := range pinned[a.Name] {
			d.Grants = append(d.Grants, Grant{
				Work:      p.Work,
				Award:     a.Name,
				Place:     p.Place,
				DecidedBy: "override",
				Reason:    r.words[p.Work].Reason,
			})
		}
		next, owed = r.give(&d, a, free, next, pinned, owed)
	}
	for i := next; i < len(free) && len(d.Alternates) < r.rules.AlternatesOf(); i++ {
		d.Alternates = append(d.Alternates, free[i].Work)
	}
	return d
}

// give hands out one award from free[next:], but for the places that rulings have taken, those owed to ties that
// better awards shared, and what a total over several awards leaves. It returns where the following award begins and
// what is owed from then on.
func (r dealer) give(
	d *Decision, a judging.Award, free []*judging.Placing, next int, pinned map[string][]*judging.Placing, owed int,
) (int, int) {
	taken := len(pinned[a.Name])
	share := r.rules.ShareOf(a, d.Category, d.Group)
	places := share.PlacesOf(d.Ranked)
	d.Slots = append(d.Slots, Slot{Award: a.Name, Places: max(places, share.Count)})
	if part, ok := r.parts[a.Name]; ok {
		d.Slots[len(d.Slots)-1].Part = &part
	}
	if share.Count > len(free)-next+taken+owed {
		d.note(a.Name, share.Count, len(free)-next+taken, "awards.too_few")
	}
	if less := min(owed, max(0, places-taken)); less > 0 {
		d.note(a.Name, places, places-less, "awards.tie_next")
		places, owed = places-less, owed-less
	}
	places = max(0, places-taken)
	if room := r.room(*d, a.Name, pinned); room < min(places, len(free)-next) {
		beyond := workIDs(free[next+room : min(next+places, len(free))])
		d.note(a.Name, places+taken, room+taken, "awards.total_full", beyond...)
		d.Slots[len(d.Slots)-1].Places, places = room+taken, room
	}
	end := min(next+places, len(free))
	for end > next && judging.Exact(free[end-1].Official) < judging.Exact(share.MinScore) {
		end--
	}
	if end-next < min(places, len(free)-next) {
		d.note(a.Name, places, end-next, "awards.below_minimum")
	}
	cut := end
	end, after := r.settleTie(d, a.Name, free, next, end)
	for _, p := range free[next:end] {
		d.Grants = append(d.Grants, Grant{Work: p.Work, Award: a.Name, Place: p.Place, DecidedBy: "quota"})
	}
	if r.rules.TieTakesNext {
		owed += max(0, end-cut)
	}
	return after, owed
}

// room is how many works the totals let an award have besides those that people gave one of their awards.
func (r dealer) room(d Decision, award string, pinned map[string][]*judging.Placing) int {
	return terms.RoomOf(r.rules.Totals, award, d.Ranked, func(a string) (n int) {
		for _, g := range d.Grants {
			if g.Award == a && g.DecidedBy == "quota" {
				n++
			}
		}
		return n + len(pinned[a])
	})
}

// settleTie returns where the award's works end and where the next award begins: the same place, but for a held
// tie, which lies between.
func (r dealer) settleTie(d *Decision, award string, free []*judging.Placing, next, end int) (int, int) {
	if end == next || end == len(free) || free[end].Place != free[end-1].Place {
		return end, end
	}
	first, last := end, end
	for first > next && free[first-1].Place == free[end].Place {
		first--
	}
	for last < len(free) && free[last].Place == free[end].Place {
		last++
	}
	exit := r.rules.TieAtCut
	if word, ok := r.ties[cut{d.Category, d.Group, award}]; ok {
		exit = word.Exit
	}
	tied := workIDs(free[first:last])
	switch exit {
	case judging.TieHold:
		d.note(award, end-next, first-next, "awards.tie_held", tied...)
		return first, last
	case judging.TieEmpty:
		d.note(award, end-next, first-next, "awards.tie_empty", tied...)
		return first, first
	}
	key := "awards.tie_shared"
	if r.rules.TieTakesNext {
		key = "awards.tie_taken"
	}
	d.note(award, end-next, last-next, key, tied...)
	return last, last
}

func (d *Decision) note(award string, places, given int, why string, works ...judging.WorkID) {
	d.Notes = append(d.Notes, Note{Award: award, Places: places, Given: given, Why: why, Works: works})
}

func workIDs(list []*judging.Placing) []judging.WorkID {
	out := make([]judging.WorkID, len(list))
	for i, p := range list {
		out[i] = p.Work
	}
	return out
}
