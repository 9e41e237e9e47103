package terms

import "unicode/utf8"

// MostPledge bounds the text of a pledge, in characters.
const MostPledge = 2000

// PledgePossible reports whether a text may be a pledge; none is.
func PledgePossible(text string) bool { return utf8.RuneCountInString(text) <= MostPledge }

// Feedback says what entrants are told of how their works were judged, once the awards are out. It never includes who
// the judges were.
type Feedback string

// The ways; empty means nothing.
const (
	FeedbackNone     Feedback = ""
	FeedbackComments Feedback = "comments" // what judges wrote
	FeedbackTotal    Feedback = "total"    // that, and the official score
)

// Known reports whether f is one of the ways.
func (f Feedback) Known() bool {
	return f == FeedbackNone || f == FeedbackComments || f == FeedbackTotal
}
