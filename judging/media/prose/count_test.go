package prose

import (
	"strings"
	"testing"
)

func TestWordsAreCountedAsWordProcessorsDo(t *testing.T) {
	for text, want := range map[string]int{
		"":                        0,
		"  \n":                    0,
		"法治":                      2,
		"法治。":                     3,
		"rule of law":             3,
		"2020年":                   2,
		"“法”":                     3,
		"a，b":                     3,
		strings.Repeat("中", 1500): 1500,
	} {
		if got := CountWords(text); got != want {
			t.Errorf("%.20q: %d, want %d", text, got, want)
		}
	}
}
