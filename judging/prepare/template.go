// Package prepare is what comes before a contest: templates of the usual kinds of contests, with their rules, and the
// list of what to have ready and when.
//
// Templates are data in assets/rubrics. It promises that the rules of each can be used as they are. It opens no
// contest; office makes one of what it returns.
package prepare

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/rules"
)

// Template is one usual kind of contest. What people call it is the text "template.kind_" and its Key.
type Template struct {
	Key   string
	Steps []Step
	Needs []string // what to have ready: each is the text "template.need_" and the word
	Rules judging.Rules
}

// Step is one thing to do in a contest, so many days after the call for works. Its words are the text
// "template.step_" and Name.
type Step struct {
	Name string `json:"step"`
	Day  int    `json:"day"`
}

// Templates returns all there are, the most general first. An error means that the program was built from broken files.
var Templates = sync.OnceValues(read)

func read() ([]Template, error) {
	data, err := rubrics.Files.ReadFile("templates.json")
	if err != nil {
		return nil, err
	}
	var list []struct {
		Key   string   `json:"key"`
		File  string   `json:"file"`
		Days  []Step   `json:"days"`
		Needs []string `json:"prepare"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	var out []Template
	for _, l := range list {
		text, err := rubrics.Files.ReadFile(l.File)
		if err != nil {
			return nil, err
		}
		r, err := rules.ParseRules(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		out = append(out, Template{l.Key, l.Days, l.Needs, r})
	}
	return out, nil
}

// Usual is the Key of the template for those who name none.
const Usual = "legal_culture"

// Find returns the template of key; "" means Usual. Errors: NotFound, naming those there are.
func Find(key string) (Template, error) {
	all, err := Templates()
	if err != nil {
		return Template{}, err
	}
	if key == "" {
		key = Usual
	}
	var known []string
	for _, t := range all {
		if t.Key == key {
			return t, nil
		}
		known = append(known, t.Key)
	}
	return Template{}, judging.Fail(
		judging.NotFound, "template.unknown", judging.Args{"Name": key, "Known": strings.Join(known, ", ")},
	)
}

// Dated is a step with its day.
type Dated struct {
	Name string `json:"step"`
	Day  string `json:"day"` // in day.Form
}

// Schedule returns the steps with their days when the call goes out on start. A step that would fall on a Saturday or
// Sunday comes on the Monday after; public holidays are not known here.
func (t Template) Schedule(start time.Time) []Dated {
	var out []Dated
	for i, s := range t.Steps {
		on := start.AddDate(0, 0, s.Day)
		for i > 0 && (on.Weekday() == time.Saturday || on.Weekday() == time.Sunday) {
			on = on.AddDate(0, 0, 1)
		}
		out = append(out, Dated{s.Name, on.Format(day.Form)})
	}
	return out
}
