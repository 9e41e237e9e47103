package superior

import (
	"maps"
	"slices"

	"fayi/judging"
)

// Level 上级 is whom works are reported to.
type Level string

// The levels.
const (
	City     Level = "city"     // 市
	Province Level = "province" // 省
)

// Levels lists the levels in order.
var Levels = []Level{City, Province}

// Settings says what an office above wants and in which form.
type Settings struct {
	To    Level  `json:"to"`
	Name  string `json:"name,omitempty"`  // of the office, for the letter: 示例市司法局
	Total int    `json:"total,omitempty"` // most works in all batches together; 0: no bound
	// category -> most works in all batches together; a category that is not named has no bound of its own
	Quotas   map[string]int `json:"quotas,omitempty"`
	Naming   Naming         `json:"naming,omitempty"` // how files are to be called; empty: UsualNaming
	Template string         `json:"template,omitempty"`
	// of the superior's own Excel form, kept with the contest; Template is its file name
	Sum string `json:"template_sha256,omitempty"`
}

// Check reports what is wrong with the settings: an unknown level, a quota below zero or of a category that the
// rules do not know, a naming without fields.
func (s Settings) Check(rules judging.Rules) error {
	if !slices.Contains(Levels, s.To) {
		return judging.Fail(judging.Invalid, "batch.unknown_level", judging.Args{"Level": string(s.To)})
	}
	if s.Total < 0 {
		return judging.Fail(judging.Invalid, "batch.bad_quota", judging.Args{"Category": ""})
	}
	for _, name := range slices.Sorted(maps.Keys(s.Quotas)) {
		if _, known := rules.Category(name); !known || s.Quotas[name] < 0 {
			return judging.Fail(judging.Invalid, "batch.bad_quota", judging.Args{"Category": name})
		}
	}
	if s.Naming != "" && len(s.Naming.fields()) == 0 {
		args := judging.Args{"Naming": string(s.Naming), "Known": NamingWords()}
		return judging.Fail(judging.Invalid, "batch.bad_naming", args)
	}
	return nil
}
