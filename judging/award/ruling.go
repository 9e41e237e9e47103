package award

import (
	"time"

	"fayi/judging"
	"fayi/judging/terms"
)

// RulingKind says what a ruling does.
type RulingKind string

// The kinds of rulings.
const (
	// the work gets Award, whatever its place; it takes one of the award's places
	RuleGive       RulingKind = "give"
	RuleWithhold   RulingKind = "withhold"   // the work keeps its place and gets no award
	RuleDisqualify RulingKind = "disqualify" // 取消资格: no award, and the next one moves up
	RuleTie        RulingKind = "tie"        // how a tie where Award's places end is settled, in Category and Group
	RuleNominate   RulingKind = "nominate"   // the work gets the special prize Award as well as its award
)

// Ruling 裁定 is a person's word over what the quotas give, with a reason. The last ruling on a work, or on a cut,
// holds.
type Ruling struct {
	ID       string           `json:"id"` // "u001"
	Kind     RulingKind       `json:"kind"`
	Work     judging.WorkID   `json:"work,omitempty"`
	Award    string           `json:"award,omitempty"`
	Category string           `json:"category,omitempty"`
	Group    string           `json:"group,omitempty"`
	Exit     judging.TieAtCut `json:"exit,omitempty"`
	Reason   string           `json:"reason"`
	By       string           `json:"by"`
	At       time.Time        `json:"at"`
	// reason for which it was taken back; such a ruling does nothing
	Recalled string `json:"recalled,omitempty"`
	// the deciding that was the last when it was made or taken back: it counts from the next one on
	Since int `json:"since,omitempty"`
}

// Check reports what is wrong with the ruling itself. Errors: Invalid.
func (u Ruling) Check(rules judging.Rules) error {
	_, known := dealer{rules: rules}.awardNamed(u.Award)
	switch {
	case judging.Tidy(u.Reason) == "":
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	case (u.Kind == RuleGive || u.Kind == RuleTie) && !known:
		return judging.Fail(judging.Invalid, "awards.unknown_award", judging.Args{"Award": u.Award})
	case u.Kind == RuleNominate:
		if p, ok := terms.SpecialNamed(rules.Specials, u.Award); !ok || p.By != terms.ByNomination {
			return judging.Fail(judging.Invalid, "awards.unknown_special", judging.Args{"Award": u.Award})
		}
	case u.Kind == RuleTie && u.Exit != judging.TieShare && u.Exit != judging.TieHold && u.Exit != judging.TieEmpty:
		return judging.Fail(judging.Invalid, "awards.unknown_exit", judging.Args{"Value": string(u.Exit)})
	}
	return nil
}

// Trace says how rulings moved a work from one award to another; "" is no award. Why is a catalogue key, Ruling the
// identity of the ruling on this very work, "" where it moved because of another's.
type Trace struct {
	Work   judging.WorkID `json:"work"`
	From   string         `json:"from,omitempty"`
	To     string         `json:"to,omitempty"`
	Why    string         `json:"why"`
	Ruling string         `json:"ruling,omitempty"`
}

// Candidate is a placed work with what caps look at: Unit counts for the cap of units, as the rules mean it; an
// author is known by name and by Home, the unit that the author belongs to.
type Candidate struct {
	judging.Placing
	Unit    string
	Home    string
	Authors []string
}

// CandidateOf joins a placing with what caps look at in its work.
func CandidateOf(rules judging.Rules, w judging.Work, p judging.Placing) Candidate {
	return Candidate{Placing: p, Unit: w.CappedUnit(rules.Caps), Home: w.ShownUnit(), Authors: w.Authors}
}

// DecideAll gives the awards of all lists: by quota, then by caps and by what people ruled, oldest
// ruling first. field must be in the order of Rank. Works that were disqualified take no place, and those after them
// move up.
func DecideAll(rules judging.Rules, field []Candidate, rulings []Ruling) []Decision {
	return DecideAfter(rules, field, field, rulings)
}

// DecideAfter decides the field as DecideAll does, and traces what changed against before: the same works in the order
// of Rank with those that have left the contest since.
func DecideAfter(rules judging.Rules, field, before []Candidate, rulings []Ruling) []Decision {
	lists := candidateLists(stillIn(field, Disqualified(rulings)))
	decided := newDealer(rules, rulings).dealAll(lists)
	if len(rulings) == 0 && len(field) == len(before) {
		return decided
	}
	at := map[string]int{}
	in := map[judging.WorkID]bool{}
	for i, list := range lists {
		at[decided[i].ID()] = i
		for _, c := range list {
			in[c.Work] = true
		}
	}
	all := candidateLists(before)
	plain := newDealer(rules, nil).dealAll(all)
	out := make([]Decision, len(plain))
	for i, was := range plain {
		out[i] = Decision{Category: was.Category, Group: was.Group} // of a list that nobody is left in
		if k, some := at[was.ID()]; some {
			out[i] = decided[k]
		}
		out[i].trace(was, all[i], in, rulings)
	}
	return out
}

// Disqualified is the set of works whose last word is that they are out.
func Disqualified(rulings []Ruling) map[judging.WorkID]bool {
	out := map[judging.WorkID]bool{}
	for id, u := range newDealer(judging.Rules{}, rulings).words {
		if u.Kind == RuleDisqualify {
			out[id] = true
		}
	}
	return out
}

// stillIn drops works from a field in the order of Rank; those after them move up by as many places. Who is Tied is
// left as it was: awards go by places alone.
func stillIn(field []Candidate, gone map[judging.WorkID]bool) []Candidate {
	if len(gone) == 0 {
		return field
	}
	var out []Candidate
	for _, list := range candidateLists(field) {
		first, above, place := len(out), 0, 0
		for k, c := range list {
			if k == 0 || c.Place != place {
				above, place = k-(len(out)-first), c.Place
			}
			if gone[c.Work] {
				continue
			}
			if c.Place > 0 {
				c.Place -= above
			}
			out = append(out, c)
		}
	}
	return out
}

// listed counts the works with a place in each list.
func listed(lists [][]Candidate) []Listed {
	out := make([]Listed, len(lists))
	for i, list := range lists {
		out[i] = Listed{Category: list[0].Category, Group: list[0].Group}
		for _, c := range list {
			if c.Place > 0 {
				out[i].Ranked++
			}
		}
	}
	return out
}

func candidateLists(field []Candidate) (out [][]Candidate) {
	for from := 0; from < len(field); {
		to := from + 1
		for to < len(field) && field[to].Category == field[from].Category && field[to].Group == field[from].Group {
			to++
		}
		out = append(out, field[from:to])
		from = to
	}
	return out
}

func newDealer(rules judging.Rules, rulings []Ruling) dealer {
	r := dealer{
		rules: rules,
		words: map[judging.WorkID]Ruling{},
		ties:  map[cut]Ruling{},
		bars:  map[judging.WorkID]string{},
		even:  map[judging.WorkID][]judging.WorkID{},

		settled: map[judging.WorkID]bool{},
	}
	for _, u := range rulings {
		switch {
		case u.Recalled != "" || u.Kind == RuleNominate:
		case u.Kind == RuleTie:
			r.ties[cut{u.Category, u.Group, u.Award}] = u
		default:
			r.words[u.Work] = u
		}
	}
	return r
}

// dealAll decides all lists, over again until no cap is broken: each time works beyond a cap are barred, so that it
// ends. What stood before the first of them in the walk is settled and counted first from then on: barring a work
// moves up only those behind it in its list, who take no cap's place from what is settled in another.
func (r dealer) dealAll(lists [][]Candidate) []Decision {
	out, found := r.dealPlainly(lists)
	r.tellCaps(lists, out, found)
	r.tellFormulas(lists, out)
	return out
}

// dealPlainly is dealAll without its notes.
func (r dealer) dealPlainly(lists [][]Candidate) ([]Decision, capWalk) {
	out := make([]Decision, len(lists))
	spread := SpreadOver(r.rules, listed(lists))
	for {
		for i, list := range lists {
			out[i] = r.dealIn(spread, list)
		}
		found := r.walkCaps(lists, out)
		if !r.rules.Caps.Enforce || !r.bar(found) {
			return out, found
		}
	}
}

// AwardsOf returns each work's award by DecideAll, those with one only.
func AwardsOf(rules judging.Rules, field []Candidate, rulings []Ruling) map[judging.WorkID]string {
	r := newDealer(rules, rulings)
	made, _ := r.dealPlainly(candidateLists(stillIn(field, Disqualified(rulings))))
	n := 0
	for _, d := range made {
		n += len(d.Grants)
	}
	out := make(map[judging.WorkID]string, n)
	for _, d := range made {
		for _, g := range d.Grants {
			out[g.Work] = g.Award
		}
	}
	return out
}

// ShownPlaces counts the places of one list in the order of Rank as people are to see them: from 1, without the
// works that are out.
func ShownPlaces(list []judging.Placing, out func(judging.WorkID) bool) map[judging.WorkID]int {
	shown := make(map[judging.WorkID]int, len(list))
	place, gone, before := 0, 0, 0
	for _, p := range list {
		if p.Place != place {
			place, before = p.Place, gone
		}
		if shown[p.Work] = 0; p.Place > 0 {
			shown[p.Work] = p.Place - before
		}
		if out(p.Work) {
			gone++
		}
	}
	return shown
}

// trace tells each work whose award differs from the plain decision's.
func (d *Decision) trace(plain Decision, list []Candidate, in map[judging.WorkID]bool, rulings []Ruling) {
	words := newDealer(judging.Rules{}, rulings).words
	rank := map[string]int{}
	for i, s := range d.Slots {
		rank[s.Award] = len(d.Slots) - i
	}
	was, is := plain.awards(), d.awards()
	for _, c := range list {
		from, to := was[c.Work], is[c.Work]
		word, own := words[c.Work]
		if from == to && !own {
			continue
		}
		t := Trace{Work: c.Work, From: from, To: to, Why: "awards.trace_moved_down", Ruling: word.ID}
		switch {
		case own:
			t.Why = "awards.trace_" + string(word.Kind)
		case !in[c.Work]:
			t.Why = "awards.trace_left"
		case rank[to] > rank[from]:
			t.Why = "awards.trace_moved_up"
		}
		d.Traces = append(d.Traces, t)
	}
}

func (d *Decision) awards() map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, g := range d.Grants {
		out[g.Work] = g.Award
	}
	return out
}
