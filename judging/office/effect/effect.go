// Package effect is what other rules, or one judge less, would change of places and awards.
package effect

import (
	"fayi/judging"
	"fayi/judging/award"
)

// RuleEffect is what other rules would change in the present round as it stands.
type RuleEffect struct {
	Version int          `json:"version"` // of the rules in force, which it was computed against
	Hash    string       `json:"hash"`    // of the new rules
	Places  []PlaceShift `json:"places"`
	Awards  []AwardShift `json:"awards"`
	Lists   []ListPlaces `json:"lists"` // what each list would get with the works there are now
	// places over the whole contest that would stay open
	Open []award.Open `json:"open,omitempty"`
}

// ListPlaces is how many places each award has in one list.
type ListPlaces struct {
	Category string       `json:"category"`
	Group    string       `json:"group,omitempty"`
	Works    int          `json:"works"` // accepted
	Slots    []award.Slot `json:"slots"`
}

// Changes reports whether any place or award would change.
func (e RuleEffect) Changes() bool { return len(e.Places)+len(e.Awards) > 0 }

// PlaceShift is a work whose place or official score would change.
type PlaceShift struct {
	Work        judging.WorkID   `json:"work"`
	Code        judging.WorkCode `json:"code"`
	Title       string           `json:"title"`
	From        int              `json:"from"`
	To          int              `json:"to"`
	OfficialWas float64          `json:"official_was"`
	OfficialIs  float64          `json:"official_is"`
}

// AwardShift is a work whose award would change; "" means no award.
type AwardShift struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	From  string           `json:"from"`
	To    string           `json:"to"`
}

// Compare adds the works whose place or official score differs.
func (e *RuleEffect) Compare(works map[judging.WorkID]judging.Work, was, is []judging.Placing) {
	before := map[judging.WorkID]judging.Placing{}
	for _, p := range was {
		before[p.Work] = p
	}
	for _, p := range is {
		b := before[p.Work]
		if b.Place == p.Place && b.Official == p.Official {
			continue
		}
		w := works[p.Work]
		e.Places = append(e.Places, PlaceShift{p.Work, w.Code, w.Title, b.Place, p.Place, b.Official, p.Official})
	}
}

// CompareAwards adds the works whose award differs, in the order of the places.
func (e *RuleEffect) CompareAwards(
	works map[judging.WorkID]judging.Work, was, is map[judging.WorkID]string, order []judging.Placing,
) {
	for _, p := range order {
		if was[p.Work] != is[p.Work] {
			w := works[p.Work]
			e.Awards = append(e.Awards, AwardShift{p.Work, w.Code, w.Title, was[p.Work], is[p.Work]})
		}
	}
}
