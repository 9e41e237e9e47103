package paper

import (
	"strings"

	"fayi/judging"
)

// Words gives the text of a catalogue key in the language of the paper; assets.Text.T is one.
type Words func(key string, args map[string]any) string

// stateKeys gives the catalogue key of each state that a judge can choose on paper, in the order offered.
var stateKeys = []struct {
	state judging.BallotState
	key   string
}{
	{judging.Skipped, "paper.state_skipped"},
	{judging.Abstained, "paper.state_abstained"},
	{judging.Recused, "paper.state_recused"},
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
		if strings.ContainsRune(`:\/?*[]`, r) || r > 0xFFFF {
			return -1
		}
		return r
	}, strings.NewReplacer("\n", "", "\t", "").Replace(plainText(text)))
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
