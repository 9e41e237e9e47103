package sheet

import (
	"strings"

	"fayi/judging"
)

// Words gives the text of a catalogue key in the language of the paper; assets.Text.T is one.
type Words func(key string, args map[string]any) string

// stateWords lists how a judge may write that a work was not scored, in folded form. The catalogue's own words are
// among them.
var stateWords = map[judging.BallotState][]string{
	judging.Skipped:   {"跳过", "暂不评", "skip", "skipped", "later"},
	judging.Abstained: {"弃权", "不评", "abstain", "abstained"},
	judging.Recused:   {"回避", "recuse", "recused"},
	judging.Open:      {"", "评分", "已评", "scored", "score"},
}

// stateKeys gives the catalogue key of each state that a judge can choose on paper, in the order offered.
var stateKeys = []struct {
	state judging.BallotState
	key   string
}{
	{judging.Skipped, "paper.state_skipped"},
	{judging.Abstained, "paper.state_abstained"},
	{judging.Recused, "paper.state_recused"},
}

// stateOf reads a state word; ok is false if it is not one.
func stateOf(text string) (state judging.BallotState, ok bool) {
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

// roundName names a round: 初评, 复评, 终评, and further ones by number.
func (w Words) roundName(r judging.Round) string {
	switch r {
	case 1:
		return w("paper.round_first", nil)
	case 2:
		return w("paper.round_second", nil)
	case 3:
		return w("paper.round_final", nil)
	}
	return w("paper.round_other", map[string]any{"N": int(r)})
}

// safeSheetName makes text fit to name a worksheet: no forbidden signs, at most 31 UTF-16 units, not in taken,
// which it joins.
func safeSheetName(text string, taken map[string]bool) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' || r > 0xFFFF {
			return -1
		}
		return r
	}, text)
	text = strings.Trim(text, "' ")
	if text == "" {
		text = "Sheet"
	}
	base := []rune(text)
	name := cutRunes(base, 31)
	for n := 2; taken[strings.ToLower(name)]; n++ {
		tail := []rune(" (" + judging.Serial("", 1, n) + ")")
		name = cutRunes(base, 31-len(tail)) + string(tail)
	}
	taken[strings.ToLower(name)] = true
	return name
}

func cutRunes(r []rune, n int) string { return string(r[:min(n, len(r))]) }
