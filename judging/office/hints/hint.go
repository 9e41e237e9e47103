// Package hints says what in the scores of a round a person should look at: who favoured a unit, whose marks agree
// more than those of two who work apart, who changed marks to those of another judge. Package judging/hints finds
// them, with their chance; here they get names, words, and the note of a person who looked. They are for the
// organiser and stand on no paper that leaves the house: a hint accuses nobody.
package hints

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/hints"
	"fayi/judging/office/internal/records"
)

// Kind is what a hint is of.
type Kind string

// The kinds.
const (
	Favour Kind = "favour" // a judge's scores of a unit's works
	Copy   Kind = "copy"   // the marks of two judges
	Change Kind = "change" // marks changed to those of another judge
)

// Hint is something in the scores of a round that is unusual given all other scores.
type Hint struct {
	ID        string            `json:"id"` // "h" and eight digits; other works, other hint
	Kind      Kind              `json:"kind"`
	Judge     judging.JudgeID   `json:"judge"`
	Name      string            `json:"name"`
	Other     judging.JudgeID   `json:"other,omitempty"` // of copies and changes
	OtherName string            `json:"other_name,omitempty"`
	Unit      string            `json:"unit,omitempty"` // of favours
	Own       bool              `json:"own,omitempty"`  // it is the judge's own
	Works     []judging.WorkID  `json:"works"`
	Points    float64           `json:"points"`           // favours: above expectation; else by which the marks differ
	Usual     float64           `json:"usual,omitempty"`  // copies: by which marks of two who work apart would differ
	Before    float64           `json:"before,omitempty"` // changes: by which the marks differed before
	Equal     int               `json:"equal,omitempty"`  // copies: works with the very same mark
	Run       int               `json:"run,omitempty"`    // copies: most of them in a row
	First     *time.Time        `json:"first,omitempty"`  // changes: the first
	Last      *time.Time        `json:"last,omitempty"`   // and the last
	Chance    float64           `json:"chance"`           // of anything as unusual in a round where there is nothing
	Note      *records.HintNote `json:"note,omitempty"`   // a person looked; nil while nobody did
}

// Sentence is the hint in words: a key with its arguments. at writes a moment.
func (h Hint) Sentence(at func(time.Time) string) (key string, args judging.Args) {
	switch h.Kind {
	case Favour:
		args = judging.Args{"Judge": h.Name, "Unit": h.Unit, "Works": len(h.Works), "OneIn": oneIn(h.Chance),
			"Points": judging.Decimal(h.Points, 1)}
		if h.Own {
			return "hints.favour_own", args
		}
		return "hints.favour", args
	case Copy:
		return "hints.copy", judging.Args{"Judge": h.Name, "Other": h.OtherName, "Works": len(h.Works),
			"OneIn": oneIn(h.Chance), "Points": judging.Decimal(h.Points, 1), "Usual": judging.Decimal(h.Usual, 1),
			"Equal": h.Equal, "Run": h.Run}
	}
	return "hints.change", judging.Args{"Judge": h.Name, "Other": h.OtherName, "Works": len(h.Works),
		"OneIn": oneIn(h.Chance), "Before": judging.Decimal(h.Before, 1), "After": judging.Decimal(h.Points, 1),
		"From": at(*h.First), "To": at(*h.Last)}
}

// rarest is the smallest chance that is said as it is: models are not so true that smaller ones mean anything.
const rarest = 1e-6

// oneIn is n of a chance of 1 in n, to two digits.
func oneIn(chance float64) string {
	n := 1 / max(rarest, min(1, chance))
	if unit := math.Pow(10, math.Floor(math.Log10(n))-1); unit > 1 {
		n = math.Floor(n/unit+1e-9) * unit
	}
	return strconv.FormatFloat(math.Floor(n+1e-9), 'f', 0, 64)
}

// identify names a hint by what it says of whom.
func (h *Hint) identify() {
	works := slices.Clone(h.Works)
	slices.Sort(works)
	said := fmt.Sprintf("%s\x1f%s\x1f%s\x1f%s\x1f%v", h.Kind, h.Judge, h.Other, h.Unit, works)
	sum := sha256.Sum256([]byte(said))
	h.ID = "h" + hex.EncodeToString(sum[:4])
}

// Names are what the numbers of a table stand for.
type Names struct {
	Works  []judging.WorkID
	Judges []judging.JudgeID
	Called func(judging.JudgeID) string
	Units  []string
}

// Found puts names to what was found in a round, and notes aside. The order is that of the kinds, then of chances.
func Found(r hints.Round, changes []hints.Change, n Names) []Hint {
	out := []Hint{}
	add := func(h Hint, judge, other int, works []int) {
		h.Judge, h.Name = n.Judges[judge], n.Called(n.Judges[judge])
		if other >= 0 {
			h.Other, h.OtherName = n.Judges[other], n.Called(n.Judges[other])
		}
		h.Works = []judging.WorkID{}
		for _, i := range works {
			h.Works = append(h.Works, n.Works[i])
		}
		h.identify()
		out = append(out, h)
	}
	for _, f := range r.Favours() {
		add(Hint{Kind: Favour, Unit: n.Units[f.Unit], Own: f.Own, Points: f.Points, Chance: f.Chance}, f.Judge, -1,
			f.Works)
	}
	for _, c := range r.Copies() {
		add(Hint{Kind: Copy, Points: c.Points, Usual: c.Usual, Equal: c.Equal, Run: c.Run, Chance: c.Chance},
			c.Judge, c.Other, c.Works)
	}
	for _, a := range r.Changes(changes) {
		add(Hint{Kind: Change, Points: a.After, Before: a.Before, First: &a.First, Last: &a.Last, Chance: a.Chance},
			a.Judge, a.Other, a.Works)
	}
	return out
}

// UnitNumbers numbers units by their names as people compare them, -1 for none, and names each as it stands first.
func UnitNumbers(names []string) (numbers []int, called []string) {
	at := map[string]int{}
	for _, name := range names {
		key := judging.Fold(strings.TrimSpace(name))
		n, met := at[key]
		switch {
		case key == "":
			n = -1
		case !met:
			n = len(called)
			at[key], called = n, append(called, name)
		}
		numbers = append(numbers, n)
	}
	return numbers, called
}
