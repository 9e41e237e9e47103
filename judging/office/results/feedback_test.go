package results_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office/results"
	"fayi/judging/terms"
)

func TestEntrantsAreToldWhatTheRulesName(t *testing.T) {
	said := func(
		work judging.WorkID, judge judging.JudgeID, comment, void string, state judging.BallotState,
	) judging.Score {
		return judging.Score{Work: work, Judge: judge, Void: void, Versions: []judging.ScoreVersion{{
			Ballot: judging.Ballot{State: state, Comment: comment},
		}}}
	}
	scores := []judging.Score{
		said("w1", "j1", "结构稳", "", judging.Scored), said("w1", "j2", " 主题 鲜明", "", judging.Scored),
		said("w1", "j3", "作废的话", "误评", judging.Scored), said("w1", "j4", "没评完", "", judging.Started),
		said("w1", "j5", "结构稳", "", judging.Scored), said("w1", "j6", "", "", judging.Scored),
		said("w2", "j1", "别人的", "", judging.Scored),
	}
	placed := judging.Placing{Work: "w1", Place: 3, Official: 86.5}
	comments := []string{"主题 鲜明", "结构稳"}
	for _, tt := range []struct {
		rule     terms.Feedback
		placing  judging.Placing
		comments []string
		official float64
	}{
		{terms.FeedbackNone, placed, nil, 0},
		{"everything", placed, nil, 0},
		{terms.FeedbackComments, placed, comments, 0},
		{terms.FeedbackTotal, placed, comments, 86.5},
		{terms.FeedbackTotal, judging.Placing{Work: "w1", Official: 86.5, Vetoed: judging.Copied}, comments, 0},
	} {
		got := results.FeedbackOf(judging.Rules{Feedback: tt.rule}, tt.placing, scores)
		if !slices.Equal(got.Comments, tt.comments) || (got.Official != nil) != (tt.official > 0) ||
			got.Official != nil && *got.Official != tt.official {
			t.Errorf("%q: %+v", tt.rule, got)
		}
	}
}
