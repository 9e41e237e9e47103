package scoring

import (
	"testing"

	"fayi/judging"
	"fayi/judging/terms"
)

// A mark on the command line is a number or the word; the number that means the word inside the program is neither.
func TestAMarkIsANumberOrTheWord(t *testing.T) {
	for given, want := range map[string]float64{
		"装裱=18": 18, "装裱=１８.５": 18.5, "装裱=0": 0, "装裱=不适用": terms.NotApplicable, "装裱=n/a": terms.NotApplicable,
		"装裱= N/A ": terms.NotApplicable, "装裱=-2": -2,
	} {
		if got, err := readMarks([]string{given}); err != nil || len(got) != 1 || got["装裱"] != want {
			t.Errorf("%s: %v %v", given, got, err)
		}
	}
	for _, given := range []string{"装裱=-1", "装裱=-1.0", "装裱=－１", "装裱=—", "装裱=", "装裱", "不适用"} {
		if _, err := readMarks([]string{given}); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", given, err)
		}
	}
}
