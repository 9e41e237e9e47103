package judging

// Grant 授奖 gives one award to one work. DecidedBy is "quota" when the rules gave it, "override" when a person did, with a reason.
type Grant struct {
	Work      WorkID `json:"work"`
	Award     string `json:"award"`
	Place     int    `json:"place"`
	DecidedBy string `json:"decided_by"`
	Reason    string `json:"reason,omitempty"`
}

// Decision is the awards of one category and group, with what is to be known of it.
type Decision struct {
	Category string  `json:"category"`
	Group    string  `json:"group,omitempty"`
	Ranked   int     `json:"ranked"` // works that took part
	Grants   []Grant `json:"grants"`
	Notes    []Note  `json:"notes,omitempty"`
}

// Note says what became of an award's places where it is not the plain thing: Empty places, places Extra through a tie, or places held open by one.
type Note struct {
	Award  string `json:"award"`
	Places int    `json:"places"`
	Given  int    `json:"given"`
	Why    string `json:"why"` // catalogue key: awards.below_minimum, awards.tie_shared, awards.tie_held, awards.too_few
}

// ID tells decisions apart.
func (d Decision) ID() string { return d.Category + "/" + d.Group }

// Decide gives the awards of one category and group by quota. placings must be one list as Rank returns it, best first.
// A place below the award's minimum stays empty, and so do all after it; works tied across a cut all get the better award or, where the rules
// hold ties, no award until someone decides. Places that an award shared beyond its quota are not taken from the next award.
func Decide(rules Rules, placings []Placing) Decision {
	ranked := placings
	for i, p := range placings {
		if p.Place == 0 {
			ranked = placings[:i]
			break
		}
	}
	var d Decision
	if len(placings) > 0 {
		d.Category, d.Group = placings[0].Category, placings[0].Group
	}
	d.Ranked = len(ranked)
	next := 0
	for _, a := range rules.Awards {
		next = d.give(rules, a, ranked, next)
	}
	return d
}

// give hands out one award from ranked[next:] and returns where the following award begins.
func (d *Decision) give(rules Rules, a Award, ranked []Placing, next int) int {
	share := rules.ShareOf(a, d.Category, d.Group)
	places := share.PlacesOf(len(ranked))
	if share.Count > len(ranked)-next && share.Count > 0 {
		d.note(a.Name, share.Count, len(ranked)-next, "awards.too_few")
	}
	end := min(next+places, len(ranked))
	for end > next && Exact(ranked[end-1].Official) < Exact(share.MinScore) {
		end--
	}
	if end-next < min(places, len(ranked)-next) {
		d.note(a.Name, places, end-next, "awards.below_minimum")
	}
	end, after := d.settleTie(rules, a.Name, ranked, next, end)
	for _, p := range ranked[next:end] {
		d.Grants = append(d.Grants, Grant{Work: p.Work, Award: a.Name, Place: p.Place, DecidedBy: "quota"})
	}
	return after
}

// settleTie returns where the award's works end and where the next award begins: the same place, but for a held tie, which lies between.
func (d *Decision) settleTie(rules Rules, award string, ranked []Placing, next, end int) (int, int) {
	if end == next || end == len(ranked) || ranked[end].Place != ranked[end-1].Place {
		return end, end
	}
	first, last := end, end
	for first > next && ranked[first-1].Place == ranked[end].Place {
		first--
	}
	for last < len(ranked) && ranked[last].Place == ranked[end].Place {
		last++
	}
	if rules.TieAtCut == TieHold {
		d.note(award, end-next, first-next, "awards.tie_held")
		return first, last
	}
	d.note(award, end-next, last-next, "awards.tie_shared")
	return last, last
}

func (d *Decision) note(award string, places, given int, why string) {
	d.Notes = append(d.Notes, Note{Award: award, Places: places, Given: given, Why: why})
}
