// Package sample holds the words from which the sample contest is made: names, units, titles and sentences, all
// invented. Given names speak of law and the county is called 示例县, so that nobody takes a person or a place of the
// sample for a real one.
package sample

import (
	"embed"
	"encoding/json"
)

//go:embed *.json
var files embed.FS

// Words are the lists of the sample.
type Words struct {
	Surnames []string            `json:"surnames"`
	Given    []string            `json:"given"`
	Rare     []string            `json:"rare"`   // given names with characters that few fonts hold
	County   string              `json:"county"` // 示例县
	Units    map[string][]Unit   `json:"units"`  // senders of works, by workbook
	Panels   []Panel             `json:"panels"` // judges, by what they know
	Posts    []string            `json:"posts"`
	Subjects []string            `json:"subjects"` // first half of a title
	Turns    []string            `json:"turns"`    // second half
	Forms    map[string][]string `json:"forms"`    // of titles, by category; %s is subject and turn
	Kinds    map[string][]string `json:"kinds"`    // spellings of a category in sheets
	Groups   map[string][]string `json:"groups"`   // spellings of a group in sheets
	Openings []string            `json:"openings"` // first sentences of essays
	Middles  []string            `json:"middles"`
	Closings []string            `json:"closings"`
	Lines    []string            `json:"lines"`  // of poems
	Intros   []string            `json:"intros"` // of works; %s is the title
}

// Unit is a sender of works and the groups its authors belong to.
type Unit struct {
	Name   string   `json:"name"`
	Groups []string `json:"groups"`
}

// Panel is a row of judges alike: their units in turn, what they know, and how many works each may get.
type Panel struct {
	Units []string `json:"units"`
	Knows []string `json:"knows"` // one spelling of 专长类别 for each judge; "" is a judge of everything
	Load  int      `json:"load"`
}

// Load reads the embedded lists. An error means that the program was built from broken files.
func Load() (Words, error) {
	var w Words
	for _, name := range []string{"people.json", "places.json", "titles.json", "spellings.json", "essays.json"} {
		b, err := files.ReadFile(name)
		if err != nil {
			return w, err
		}
		if err := json.Unmarshal(b, &w); err != nil {
			return w, err
		}
	}
	return w, nil
}
