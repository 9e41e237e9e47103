package propose

import (
	"slices"
	"strings"
)

// The fields that may be proposed.
const (
	Unit     = "unit"
	Sender   = "sender"
	Group    = "group"
	Category = "category"
)

// Fields lists them in the order in which they are shown.
var Fields = []string{Unit, Sender, Group, Category}

// Source says where a proposal was read.
type Source string

// The sources, those nearest to a row first.
const (
	FromGrade   Source = "grade"   // a grade in the row: 三年级
	FromSection Source = "section" // a line between the rows: 二、绘画类
	FromLabel   Source = "label"   // a line above the rows: 报送单位：…
	FromBottom  Source = "bottom"  // the same below them
	FromColumn  Source = "column"  // the only column of units, 报送单位, says the same in all rows
	FromTitle   Source = "title"   // what stands above the table
	FromSheet   Source = "sheet"   // the sheet's name
	FromFile    Source = "file"    // the file's name
	FromFolder  Source = "folder"  // the name of the folder it lies in
	FromOnly    Source = "only"    // the rules have this one value
	FromSchool  Source = "school"  // the unit's name: 高级中学
	FromPerson  Source = "person"  // a person gave the value to the rows that say nothing
)

// State says what became of a proposal.
type State string

// The states of a proposal.
const (
	Taken    State = "taken"    // its rows have the value
	Open     State = "open"     // its rows have it only if a person says so
	Changed  State = "changed"  // a person gave its rows another value
	Declined State = "declined" // a person left its rows without a value
)

// Proposal is a value for all rows that say nothing themselves and that one source speaks for.
type Proposal struct {
	Field string `json:"field"` // unit, sender, group or category
	Value string `json:"value"`
	From  Source `json:"from"`
	Words string `json:"words"` // those it was read from
	Rows  int    `json:"rows"`
	State State  `json:"state"`
	Given string `json:"given,omitempty"` // the value that a person gave instead
}

// Said is one value with where it was read.
type Said struct {
	Value string
	From  Source
	Words string
	State State // Taken or Open
}

// AsProposed as the Value of a Choice takes what is proposed.
const AsProposed = "?"

// Choice is what a person says of proposals, or of all rows without a value. Empty File, Sheet, From and Proposed mean
// any.
type Choice struct {
	File     string `json:"file,omitempty"`
	Sheet    string `json:"sheet,omitempty"`
	Field    string `json:"field"`
	From     Source `json:"from,omitempty"`
	Proposed string `json:"proposed,omitempty"` // the value that was proposed
	Value    string `json:"value"`              // what the rows get; AsProposed; "" for nothing
	Rest     bool   `json:"rest,omitempty"`     // only for rows of which nothing else speaks
}

// Choices are what a person says; later ones stand above earlier ones.
type Choices []Choice

// of returns the choice for a field of a sheet and what is said of it; said may be nil.
func (c Choices) of(file, sheet, field string, said *Said) (Choice, bool) {
	for i := len(c) - 1; i >= 0; i-- {
		x := c[i]
		if x.Field != field || x.File != "" && x.File != file || x.Sheet != "" && x.Sheet != sheet {
			continue
		}
		if x.Rest && said != nil {
			continue
		}
		named := x.From != "" || x.Proposed != ""
		if said == nil && (named || x.Value == AsProposed) ||
			said != nil && (x.From != "" && x.From != said.From || x.Proposed != "" && x.Proposed != said.Value) {
			continue
		}
		return x, true
	}
	return Choice{}, false
}

// mostKept is how many different proposals a ledger keeps apart; beyond it, rows are added to the first of the same
// field and source.
const mostKept = 200

// mostWords is how many different words of one proposal are kept.
const mostWords = 3

// Ledger counts the proposals of one sheet.
type Ledger struct {
	File, Sheet string
	Choices     Choices

	list  []Proposal
	index map[[4]string]int
}

// Decide chooses the value of a field for one row that says nothing itself: by the first of said, unless a person
// chose otherwise. It counts the row. "" means that the row stays without a value.
func (l *Ledger) Decide(field string, said []Said) string {
	if len(said) == 0 {
		x, any := l.Choices.of(l.File, l.Sheet, field, nil)
		if !any || x.Value == "" {
			return ""
		}
		return l.count(field, Said{x.Value, FromPerson, "", Taken}, Taken, "")
	}
	for i := range said { // a person may have taken one that is not the first
		if x, any := l.Choices.of(l.File, l.Sheet, field, &said[i]); any &&
			(x.From != "" || x.Proposed != "" || i == 0) {
			return l.chosen(field, said[i], x.Value)
		}
	}
	return l.count(field, said[0], said[0].State, "")
}

func (l *Ledger) chosen(field string, s Said, value string) string {
	switch value {
	case "":
		return l.count(field, s, Declined, "")
	case AsProposed, s.Value:
		return l.count(field, s, Taken, "")
	}
	return l.count(field, s, Changed, value)
}

// count adds a row to a proposal and returns the value that the row gets.
func (l *Ledger) count(field string, s Said, state State, given string) string {
	if l.index == nil {
		l.index = map[[4]string]int{}
	}
	key := [4]string{field, s.Value, string(s.From), string(state)}
	i, had := l.index[key]
	if !had {
		if i = len(l.list); i >= mostKept {
			key[1] = ""
			if i, had = l.index[key]; !had {
				i = len(l.list)
			}
		}
		if !had {
			l.list = append(l.list, Proposal{Field: field, Value: s.Value, From: s.From, State: state, Given: given})
		}
		l.index[key] = i
	}
	p := &l.list[i]
	p.Rows++
	p.Words = joinWords(p.Words, s.Words)
	switch state {
	case Taken:
		return s.Value
	case Changed:
		return given
	}
	return ""
}

func joinWords(had, next string) string {
	const cut = 60
	if r := []rune(next); len(r) > cut {
		next = string(r[:cut]) + "…"
	}
	if next == "" || strings.Count(had, "；") >= mostWords-1 {
		return had
	}
	for h := range strings.SplitSeq(had, "；") {
		if h == next {
			return had
		}
	}
	if had == "" {
		return next
	}
	return had + "；" + next
}

// Proposals lists what was counted, by field, each in the order of its first row.
func (l *Ledger) Proposals() []Proposal {
	var out []Proposal
	for _, f := range Fields {
		for _, p := range l.list {
			if p.Field == f {
				out = append(out, p)
			}
		}
	}
	return out
}

// Merged lists for each field what near says before what far says.
func Merged[F comparable](near, far map[F][]Said) map[F][]Said {
	out := map[F][]Said{}
	for f, list := range far {
		out[f] = slices.Concat(near[f], list)
	}
	for f, list := range near {
		if out[f] == nil {
			out[f] = list
		}
	}
	return out
}
