// Package kitmark is what a registration workbook and a packing page say of the call that they were made for: the day,
// the deadline, what was offered and asked. By it a kit that comes back after the rules changed says what differs.
//
// What it reads may be forged: it names differences to people and decides nothing.
package kitmark

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"fayi/judging"
)

// Mark is a call as a kit knew it.
type Mark struct {
	Day     string   `json:"d,omitempty"` // on which the kit was made, 2006-01-02
	Until   string   `json:"u,omitempty"` // the deadline, 2006-01-02
	Offers  []Offer  `json:"c"`
	Groups  []string `json:"g,omitempty"`
	Consent bool     `json:"s,omitempty"` // it asks whether works may be shown
}

// Offer is a category.
type Offer struct {
	Name string `json:"n"`
	Asks string `json:"a,omitempty"` // a hash of what is asked of its files
}

// most is how long a mark may be, in bytes: a cell of a spreadsheet holds 32,767 characters.
const most = 32_000

// Of is the mark of kits that are made on a day; until may be empty.
func Of(rules judging.Rules, until string, today time.Time) Mark {
	m := Mark{Day: today.Format(time.DateOnly), Until: until, Consent: true}
	for _, c := range rules.Categories {
		m.Offers = append(m.Offers, Offer{c.Name, asks(c)})
	}
	for _, g := range rules.Groups {
		m.Groups = append(m.Groups, g.Name)
	}
	return m
}

// asks is a hash of what is asked of the files of a category; "" where nothing is.
func asks(c judging.Category) string {
	if c.Requires == nil {
		return ""
	}
	data, _ := json.Marshal(c.Requires) // numbers and texts always can be
	if string(data) == "{}" {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:4])
}

// String writes a mark in one line; "" for one that no cell holds.
func (m Mark) String() string {
	data, err := json.Marshal(m)
	if err != nil || len(data) > most {
		return ""
	}
	return string(data)
}

// Parse reads what String wrote; ok is false for anything else.
func Parse(s string) (m Mark, ok bool) {
	if len(s) > most || json.Unmarshal([]byte(s), &m) != nil {
		return Mark{}, false
	}
	for _, day := range []string{m.Day, m.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return Mark{}, false
		}
	}
	return m, m.Day != "" && len(m.Offers) > 0
}

// Difference is one thing in which a kit differs from the call of now: a text and its arguments.
type Difference struct {
	Text string
	Args judging.Args
}

// Differ lists how a kit differs from the call of now, in plain words: what it did not know, what is no longer so. A
// deadline that either does not name is not compared.
func (m Mark) Differ(now Mark) []Difference {
	var out []Difference
	list := func(key string, names []string) {
		if len(names) > 0 {
			args := judging.Args{"Names": strings.Join(shown(names), "、"), "N": len(names)}
			out = append(out, Difference{"kit." + key, args})
		}
	}
	had, have := names(m.Offers), names(now.Offers)
	list("category_gone", without(had, have))
	list("category_new", without(have, had))
	list("group_gone", without(m.Groups, now.Groups))
	list("group_new", without(now.Groups, m.Groups))
	var asked []string
	for _, o := range now.Offers {
		if i := slices.IndexFunc(m.Offers, func(was Offer) bool { return was.Name == o.Name }); i >= 0 &&
			m.Offers[i].Asks != o.Asks {
			asked = append(asked, o.Name)
		}
	}
	list("asks", asked)
	if m.Until != "" && now.Until != "" && m.Until != now.Until {
		out = append(out, Difference{"kit.deadline", judging.Args{"Was": m.Until, "Now": now.Until}})
	}
	if !m.Consent && now.Consent {
		out = append(out, Difference{"kit.no_consent", nil})
	}
	return out
}

// mostNames is how many names a sentence holds, each of mostName characters.
const mostNames, mostName = 12, 40

// shown bounds what a forged mark can say.
func shown(names []string) []string {
	var out []string
	for i, n := range names {
		if i == mostNames {
			return append(out, "…")
		}
		if r := []rune(judging.Tidy(n)); len(r) > mostName {
			n = string(r[:mostName]) + "…"
		}
		out = append(out, judging.Tidy(n))
	}
	return out
}

func names(offers []Offer) []string {
	var out []string
	for _, o := range offers {
		out = append(out, o.Name)
	}
	return out
}

// without lists the names that another list lacks.
func without(list, other []string) []string {
	var out []string
	for _, n := range list {
		if !slices.Contains(other, n) {
			out = append(out, n)
		}
	}
	return out
}

// Tell says as problems of a place, none of them fatal, how a kit differs: on which day it was made, then each
// difference.
func (m Mark) Tell(now Mark, at judging.Place) []judging.Problem {
	list := m.Differ(now)
	if len(list) == 0 {
		return nil
	}
	out := []judging.Problem{{Place: at, Text: "kit.earlier", Args: judging.Args{"Day": m.Day}}}
	for _, d := range list {
		out = append(out, judging.Problem{Place: at, Text: d.Text, Args: d.Args})
	}
	return out
}
