package score

import (
	"fayi/judging"
)

// stateWords lists how a judge may write that a work was not scored, in folded form. The catalogue's own words are
// among them.
var stateWords = map[judging.BallotState][]string{
	judging.Skipped:   {"跳过", "暂不评", "skip", "skipped", "later"},
	judging.Abstained: {"弃权", "不评", "abstain", "abstained"},
	judging.Recused:   {"回避", "recuse", "recused"},
	judging.Open:      {"", "评分", "已评", "scored", "score"},
}

// StateOf reads a state word; ok is false if it is not one.
func StateOf(text string) (state judging.BallotState, ok bool) {
	folded := judging.Fold(text)
	for state, list := range stateWords {
		for _, w := range list {
			if w == folded {
				return state, true
			}
		}
	}
	return "", false
}

// confidenceWords maps how sure a judge is, folded, to 1-3.
var confidenceWords = map[string]int{
	"": 0, "1": 1, "2": 2, "3": 3, "低": 1, "中": 2, "高": 3, "low": 1, "medium": 2, "high": 3,
	"1低": 1, "2中": 2, "3高": 3,
}
