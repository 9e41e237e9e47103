package terms

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"
)

// Pledge 承诺书 is the template of what each judge accepts before the first score; empty asks for none. Lines stay
// lines. The names of contest and judge stand in the place of the words of pledgeNames.
type Pledge string

// mostPledge bounds a pledge, in characters: it fits a page.
const mostPledge = 1500

// pledgeNames are the words that a pledge may hold, with what stands in their place: 0 the contest's name, 1 the
// judge's.
var pledgeNames = map[string]int{"【活动名称】": 0, "【评委姓名】": 1, "[contest]": 0, "[judge]": 1}

// Sum names the wording, 16 hex digits: who accepted another one is asked again. "" where nothing is asked.
func (p Pledge) Sum() string {
	if p == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(p))
	return hex.EncodeToString(sum[:8])
}

// For is the pledge as a judge reads it. What a name holds is never taken for a word of the template.
func (p Pledge) For(contest, judge string) string {
	with := []string{contest, judge}
	var pairs []string
	for word, i := range pledgeNames {
		pairs = append(pairs, word, with[i])
	}
	return strings.NewReplacer(pairs...).Replace(string(p))
}

// Asked is the pledge for one judge; nil where the rules ask for none.
func (p Pledge) Asked(contest, judge string, accepted time.Time) *Asked {
	if p == "" {
		return nil
	}
	return &Asked{Text: p.For(contest, judge), Sum: p.Sum(), At: accepted}
}

// Faults lists what keeps the pledge from being asked.
func (p Pledge) Faults() []Fault {
	if n := utf8.RuneCountInString(string(p)); n > mostPledge {
		return []Fault{{"rules.pledge_long", map[string]any{"Length": n, "Most": mostPledge}}}
	}
	if p != "" && strings.TrimSpace(string(p)) == "" || !utf8.ValidString(string(p)) {
		return []Fault{{"rules.pledge_empty", nil}}
	}
	return nil
}

// Asked is a pledge as one judge is asked for it.
type Asked struct {
	Text string    `json:"text"`
	Sum  string    `json:"sum"`         // names the wording
	At   time.Time `json:"at,omitzero"` // when it was accepted; zero: it is still to be
}

// Open reports whether the pledge is still to be accepted: until then no score is kept.
func (a *Asked) Open() bool { return a != nil && a.At.IsZero() }
