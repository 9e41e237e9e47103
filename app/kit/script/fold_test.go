package script

import (
	"slices"
	"testing"
)

func TestFoldTakesWidthAndCaseAway(t *testing.T) {
	for in, want := range map[string]string{
		"ＡＢc１２":    "abc12",
		"！～":       "!~", // the ends of the full-width row
		"法　治":      "法 治",
		"《法治》“。”":  "《法治》“。”",
		"":         "",
		"\uFF00ａ":  "\uFF00a",
		"\uFF5F":   "\uFF5F",
		"ÀÉ":       "àé",
		"作品２０２６Ｎo": "作品2026no",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestRanksHoldWhenMoreTextsCome(t *testing.T) {
	l := &Lexicon{}
	few := l.Ranks([]string{"作品10", "作品2", "作品10"})
	if few[0] != few[2] || few[1] >= few[0] {
		t.Errorf("作品10, 作品2, 作品10: %v", few)
	}
	more := l.Ranks([]string{"安", "左", "作品2", "作品9", "作品10"})
	if !slices.IsSorted(more) || len(slices.Compact(slices.Clone(more))) != 5 {
		t.Errorf("a list in its order has the ranks %v", more)
	}
}
