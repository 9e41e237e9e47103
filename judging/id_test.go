package judging_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
)

func TestFoldMakesOneFormOfWhatLooksAlike(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"full-width letters and digits", "Ａｂ１２", "ab12"},
		{"full-width signs", "（一）：，", "(一):,"},
		{"padding in a name", "张  三", "张三"},
		{"ideographic space", "张　三", "张三"},
		{"no-break space and tab", "张\u00A0三\t\r\n", "张三"},
		{"zero-width and byte-order marks", "\uFEFF张\u200B三\u200D\u2060", "张三"},
		{"direction isolates from a web page", "\u2068张三\u2069", "张三"},
		{"soft hyphen and next-line control", "con\u00ADtest\u0085", "contest"},
		{"capital letters", "SF-0132", "sf-0132"},
		{"Chinese punctuation that has no narrow form", "《民法典》、“法”。", "《民法典》、“法”。"},
		{"invalid UTF-8 becomes the replacement character", "a\xff", "a\uFFFD"},
		{"a name of the north-west keeps its dot", "买买提·阿里", "买买提·阿里"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judging.Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTidyKeepsWhatPeopleWrote(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"only blanks", " \u3000\u200B\t", ""},
		{"full-width letters and digits become ordinary ones", "ＣＣＴＶ１２频道", "CCTV12频道"},
		{"Chinese punctuation stays", "《我与宪法》（组诗）：一，二！", "《我与宪法》（组诗）：一，二！"},
		{"runs of blanks become one space", "  法治 \u3000\n 之光 ", "法治 之光"},
		{"what has no width leaves no space behind", "张\u200B三\uFEFF", "张三"},
		{"capitals stay", "Law", "Law"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judging.Tidy(tt.in); got != tt.want {
				t.Errorf("Tidy(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// messy draws text of the characters that spreadsheets really hold, whole and broken.
var messy = rapid.Map(rapid.SliceOf(rapid.OneOf(
	rapid.SampledFrom([]string{
		"法", "张", "Ａ", "ｚ", "９", "（", "）", "，", "a", "Z", " ", "\u3000", "\u00A0", "\u200B", "\uFEFF", "\u2066", "\t",
		"\n", "\xff", "、", "·",
	}),
	rapid.StringN(0, 3, -1),
)), func(parts []string) string { return strings.Join(parts, "") })

func TestFoldAndTidyAreSettledAfterOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := messy.Draw(t, "s")
		fold, tidy := judging.Fold(s), judging.Tidy(s)
		if judging.Fold(fold) != fold {
			t.Errorf("Fold again: %q -> %q", fold, judging.Fold(fold))
		}
		if judging.Tidy(tidy) != tidy {
			t.Errorf("Tidy again: %q -> %q", tidy, judging.Tidy(tidy))
		}
		if judging.Fold(tidy) != fold {
			t.Errorf("Fold(Tidy) = %q, Fold = %q", judging.Fold(tidy), fold)
		}
	})
}

func TestSerialPadsAndNeverCuts(t *testing.T) {
	tests := []struct {
		prefix   string
		width, n int
		want     string
	}{
		{"w", 6, 1, "w000001"}, {"j", 3, 42, "j042"}, {"j", 3, 1000, "j1000"}, {"", 2, 0, "00"},
	}
	for _, tt := range tests {
		if got := judging.Serial(tt.prefix, tt.width, tt.n); got != tt.want {
			t.Errorf("Serial(%q, %d, %d) = %q, want %q", tt.prefix, tt.width, tt.n, got, tt.want)
		}
	}
}
