package results

import (
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// Feedback 反馈 is what the rules let an entrant know of how a work was judged. It never says who the judges were.
type Feedback struct {
	Comments []string `json:"comments"`           // of scores that count, in the order of their texts, each once
	Official *float64 `json:"official,omitempty"` // nil where the rules keep it back or the work has no place
}

// FeedbackOf returns what an entrant may learn of a work: nothing that the rules do not name. scores are those of the
// work; the texts are sorted so that their order tells nothing of the judges. Whether it is time the caller decides.
func FeedbackOf(rules judging.Rules, p judging.Placing, scores []judging.Score) Feedback {
	out := Feedback{Comments: []string{}}
	if rules.Feedback != terms.FeedbackComments && rules.Feedback != terms.FeedbackTotal {
		return out
	}
	for _, s := range scores {
		if text := judging.Tidy(s.Now().Comment); s.Work == p.Work && s.Counts() && text != "" {
			out.Comments = append(out.Comments, text)
		}
	}
	slices.Sort(out.Comments)
	out.Comments = slices.Compact(out.Comments)
	if rules.Feedback == terms.FeedbackTotal && p.Place > 0 {
		official := p.Official
		out.Official = &official
	}
	return out
}
