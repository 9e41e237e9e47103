package judging_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/text"
)

func TestAVerdictIsOneOfThreeAndSaysWhy(t *testing.T) {
	for _, tt := range []struct {
		verdict judging.DuplicateVerdict
		why     string
		want    judging.Code
	}{
		{judging.VerdictSame, "", ""}, {judging.VerdictSame, "重复报送", ""},
		{judging.VerdictOther, "", judging.Invalid}, {judging.VerdictOther, " \t", judging.Invalid},
		{judging.VerdictOther, "题目相同", ""}, {judging.VerdictCopied, "", judging.Invalid},
		{judging.VerdictCopied, "与原作一致", ""}, {"", "是", judging.Invalid},
		{"perhaps", "是", judging.Invalid},
	} {
		if got := judging.CodeOf(judging.CheckVerdict(tt.verdict, tt.why)); got != tt.want {
			t.Errorf("%q because %q: %q, want %q", tt.verdict, tt.why, got, tt.want)
		}
	}
}

func TestAPairIsNamedByItsWorksAndReason(t *testing.T) {
	d := judging.Duplicate{Works: [2]string{"w000001", "r000002"}, Reason: judging.SimilarTitle}
	if got := d.ID(); got != "w000001+r000002/similar_title" {
		t.Errorf("named %q", got)
	}
}

func TestTitlesAreComparedByTheirLetters(t *testing.T) {
	long := strings.Repeat("法", 100)
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"宪法", "宪法", 1}, {"宪法", "普法", .5}, {"法治之光", "法治光芒", .75}, {"法治", "治法", .5}, {"宪法", "和谐", 0},
		{"宪法在我心中", "宪法", .5},
		{"", "", 0}, {"", "宪法", 0}, {"宪法", "", 0}, {"《》", "——", 0}, {"《》", "宪法", 0}, {"A B", "ａ－ｂ", 1},
		{"《宪法》！", "宪 法", 1}, {"2020年", "２０２０年", 1}, {"第1集", "第2集", 2. / 3},
		{"2020", "2021", .75}, {long + "甲乙丙", long + "丁", 1}, {long[3:] + "甲乙", long[3:] + "丁丙", .99},
	} {
		for _, got := range []float64{text.TitleLikeness(tt.a, tt.b), text.TitleLikeness(tt.b, tt.a)} {
			if math.Abs(got-tt.want) > 1e-12 {
				t.Errorf("%.12q and %.12q: %v, want %v", tt.a, tt.b, got, tt.want)
			}
		}
	}
}

// common is the longest common subsequence by its definition: it tries everything.
func common(a, b []rune) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case a[0] == b[0]:
		return 1 + common(a[1:], b[1:])
	}
	return max(common(a[1:], b), common(a, b[1:]))
}

func TestLikenessIsThePartOfLettersInTheSameOrder(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙3")), 1, 8)
	rapid.Check(t, func(t *rapid.T) {
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		want := 2 * float64(common(a, b)) / float64(len(a)+len(b))
		if got := text.TitleLikeness(string(a), string(b)); got != want {
			t.Fatalf("%q and %q: %v, want %v", string(a), string(b), got, want)
		}
	})
}
