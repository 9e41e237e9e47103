package terms

// Feedback says what entrants learn of how their works were judged, once the awards are out. It never includes who
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
