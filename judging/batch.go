package judging

import (
	"slices"
	"strconv"
	"strings"
	"time"
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

// Superior says what an office above wants and in which form.
type Superior struct {
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
func (s Superior) Check(rules Rules) error {
	if !slices.Contains(Levels, s.To) {
		return Fail(Invalid, "batch.unknown_level", Args{"Level": string(s.To)})
	}
	if s.Total < 0 {
		return Fail(Invalid, "batch.bad_quota", Args{"Category": ""})
	}
	for _, name := range sortedKeys(s.Quotas) {
		if _, known := rules.Category(name); !known || s.Quotas[name] < 0 {
			return Fail(Invalid, "batch.bad_quota", Args{"Category": name})
		}
	}
	if s.Naming != "" && len(s.Naming.fields()) == 0 {
		return Fail(Invalid, "batch.bad_naming", Args{"Naming": string(s.Naming), "Known": NamingWords()})
	}
	return nil
}

// Batch 上报批次 is one lot of works reported to a superior. Batches are numbered from 1 for each level; a work is in
// at most one batch of a level.
type Batch struct {
	ID     string          `json:"batch"` // "city-01"
	Number int             `json:"number"`
	To     Level           `json:"to"`
	At     time.Time       `json:"at"`
	Works  []WorkID        `json:"works"`
	Files  int             `json:"files"`
	Sum    string          `json:"manifest_sha256"` // of the manifest that went with it
	Answer map[WorkID]Word `json:"answers,omitempty"`
	// the awards that the works went up with; missing in batches packed before they were kept
	Awards map[WorkID]string `json:"awards,omitempty"`

	// what was said of each work, so that a later batch can say what of it no longer holds; batches of earlier
	// versions of the program have none
	Said        map[WorkID]Said   `json:"said,omitempty"`
	Corrections []BatchCorrection `json:"corrections,omitempty"` // of earlier batches, that went with this one
	Withdrawn   *Withdrawal       `json:"withdrawn,omitempty"`   // it was never sent: its works are free again
}

// Withdrawal 撤回 is the taking back of a batch that was packed and not sent. Its number is not given again.
type Withdrawal struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Said is what a batch says of a work.
type Said struct {
	Code    WorkCode `json:"code"`
	Award   string   `json:"award"`
	Title   string   `json:"title"`
	Authors []string `json:"authors"`
	Unit    string   `json:"unit"`
}

// CorrectionKind says what of a reported work no longer holds.
type CorrectionKind string

// The kinds, the gravest first: a revoked work is not listed as renamed as well.
const (
	Revoked CorrectionKind = "revoked" // 撤销 it has no award any more
	Regrade CorrectionKind = "regrade" // 改等次 it has another award
	Renamed CorrectionKind = "renamed" // 更名 its title, authors or unit were put right
)

// BatchCorrection 更正 says of a reported work what was said before and what holds now. A work whose award and name both
// changed is listed once, as Regrade.
type BatchCorrection struct {
	Kind   CorrectionKind `json:"kind"`
	Work   WorkID         `json:"work"`
	Batch  string         `json:"batch"` // that spoke of it last
	Before Said           `json:"before"`
	Now    Said           `json:"now"` // without an award where Kind is Revoked
}

// Correct compares what was last said of a reported work with what holds now; now.Award is "" when the work has no
// award any more. ok is false when nothing changed. A work that was reported as revoked before and has no award
// is not reported again.
func (s Said) Correct(now Said) (kind CorrectionKind, ok bool) {
	switch {
	case now.Award == "" && s.Award == "":
		return "", false
	case now.Award == "":
		return Revoked, true
	case now.Award != s.Award:
		return Regrade, true
	case now.Title != s.Title || now.Unit != s.Unit || !slices.Equal(now.Authors, s.Authors):
		return Renamed, true
	}
	return "", false
}

// Word 批复 is what a superior made of a reported work.
type Word struct {
	Award string    `json:"award"`
	At    time.Time `json:"at"`
}

// BatchID names the n-th batch of a level.
func BatchID(to Level, n int) string { return Serial(string(to)+"-", 2, n) }

// Nominee is a work that may be reported, with what the choice looks at.
type Nominee struct {
	Work     WorkID `json:"work"`
	Category string `json:"category"`
	Award    string `json:"award"`
	Place    int    `json:"place"`
	Reported string `json:"reported,omitempty"` // the batch it went up with
	Chosen   bool   `json:"chosen"`
}

// Room is how much of a quota is left: for one category, or for all together where Category is "".
type Room struct {
	Category string `json:"category"`
	Quota    int    `json:"quota"`
	Reported int    `json:"reported"`
	Chosen   int    `json:"chosen"`
}

// Over reports whether more are chosen than there is room for.
func (r Room) Over() bool { return r.Reported+r.Chosen > r.Quota }

// Nominate marks the works that go into the next batch: those not yet reported, best award first, then best place,
// as far as the quotas of s go. list keeps its order; awards are known by rules in theirs.
func Nominate(s Superior, rules Rules, list []Nominee) []Nominee {
	out := slices.Clone(list)
	grade := map[string]int{}
	for i, a := range rules.Awards {
		grade[a.Name] = i
	}
	order := make([]int, len(out))
	used, all := map[string]int{}, 0
	for i := range out {
		if order[i], out[i].Chosen = i, false; out[i].Reported != "" {
			used[out[i].Category]++
			all++
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if g := grade[out[a].Award] - grade[out[b].Award]; g != 0 {
			return g
		}
		return out[a].Place - out[b].Place
	})
	for _, i := range order {
		n := &out[i]
		quota, bound := s.Quotas[n.Category]
		if n.Reported != "" || bound && used[n.Category] >= quota || s.Total > 0 && all >= s.Total {
			continue
		}
		n.Chosen = true
		used[n.Category]++
		all++
	}
	return out
}

// Rooms says how far the quotas of s are used by list: each category with a quota, in the rules' order, then all
// together where there is a bound.
func Rooms(s Superior, rules Rules, list []Nominee) []Room {
	count := func(category string, quota int) Room {
		r := Room{Category: category, Quota: quota}
		for _, n := range list {
			switch {
			case category != "" && n.Category != category:
			case n.Reported != "":
				r.Reported++
			case n.Chosen:
				r.Chosen++
			}
		}
		return r
	}
	out := []Room{}
	for _, c := range rules.Categories {
		if quota, bound := s.Quotas[c.Name]; bound {
			out = append(out, count(c.Name, quota))
		}
	}
	if s.Total > 0 {
		out = append(out, count("", s.Total))
	}
	return out
}

// BatchNumber reads the number of a batch out of its identity, 0 where there is none.
func BatchNumber(id string) int {
	_, digits, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
