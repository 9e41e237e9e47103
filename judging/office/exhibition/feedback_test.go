package exhibition_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/letters"
	"fayi/judging/terms"
)

// What the rules promise to entrants stands in the letters without being asked for, and nothing where they promise
// nothing. Judges of one name, who are called by their units elsewhere, are masked in comments, too.
func TestALetterTellsWhatTheRulesPromise(t *testing.T) {
	for _, promised := range []terms.Feedback{terms.FeedbackNone, terms.FeedbackComments, terms.FeedbackTotal} {
		t.Run("promised "+string(promised), func(t *testing.T) {
			o := begin(t, terms.Whole)
			ctx := t.Context()
			r, err := o.Rules(ctx)
			must(t, err)
			r.Feedback = promised
			must(t, reads(o.RuleBook().SaveRules(ctx, r, true)))
			var rows []row
			for i := range 6 {
				rows = append(rows, row{
					title: fmt.Sprintf("作品%d", i), category: "书法", group: "小学组", authors: fmt.Sprintf("作者%d", i),
					unit: "示例一小",
				})
			}
			bring(t, o, rows)
			for i, name := range []string{"张伟", "张伟", "张伟明", "李强"} {
				must(t, reads(o.Assignment().AddJudge(ctx, judging.Judge{Name: name, Unit: fmt.Sprint("示例", i, "协会")})))
			}
			seed := uint64(1)
			must(t, reads(o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil)))
			must(t, passing(ctx, func(ctx context.Context) error { return reads(o.Assignment().PublishPlan(ctx, "")) }))
			score(t, o)
			finish(t, o)
			dir := filepath.Join(t.TempDir(), "告知书")
			must(t, reads(o.Letters().WriteLetters(ctx, letters.Request{Dir: dir}, wordsIn(t, "zh-Hans"))))
			text := docxText(t, filepath.Join(dir, "示例一小.docx"))
			if got := strings.Contains(text, "立意好"); got != (promised != terms.FeedbackNone) {
				t.Errorf("comments are there: %v", got)
			}
			if got := strings.Contains(text, "得分"); got != (promised == terms.FeedbackTotal) {
				t.Errorf("scores are there: %v", got)
			}
			for _, name := range []string{"张伟", "李强", "明很喜欢"} {
				if strings.Contains(text, name) {
					t.Errorf("the letter says %s: %.1500s", name, text)
				}
			}
		})
	}
}
