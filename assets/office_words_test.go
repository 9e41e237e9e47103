package assets

import (
	"slices"
	"strings"
	"testing"

	"fayi/assets/plaintest"
)

// The areas whose texts only those read who type commands. All others are read in the window and on paper too.
var typed = []string{"cli", "command", "flag"}

// insiders are the words in a text that belong to the program and not to an office, with what is wrong with each.
func insiders(lang, key, text string) []string {
	text = action.ReplaceAllString(text, "")
	if area, _, _ := strings.Cut(key, "."); slices.Contains(typed, area) {
		return plaintest.Typed(text)
	}
	return plaintest.Text(lang, text)
}

func TestInsidersAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"请先改规则中的 missing_judges。": 2, "评委 j001 已提交": 2, "输入 PIN 码": 1, "加 --new 添加": 2, "步长的整数倍": 1,
		"图片（JPEG、PNG）或 PDF": 0, "如 SF-0132，按 F9 或 Ctrl+Z": 0, "以 .fayi 结尾": 0, "weight 为 3": 1, "可以 restore": 1,
		"数据文件 contest.db": 2, "{{.Judge}} 的密码": 0,
	} {
		if got := insiders("zh-Hans", "works.x", text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
	for text, want := range map[string]int{
		"min_scores is 2": 1, "judge j001": 1, "add --new": 1, "set FAYI_PIN": 1, "The PIN": 1, "well-known rules": 0,
		"run contest check (to see)": 1, "Fayi cannot": 0,
	} {
		if got := insiders("en", "works.x", text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
	if got := insiders("en", "flag.x", "add --new, j001"); len(got) != 0 {
		t.Error(got)
	}
}

func TestTextsSpeakTheWordsOfAnOffice(t *testing.T) {
	for _, lang := range Languages {
		for key, text := range texts(t, lang) {
			for _, fault := range insiders(lang, key, text) {
				t.Errorf("%s in %s: %s in %q", key, lang, fault, text)
			}
		}
	}
}

// What a text adds for those who type commands stands behind a text that there is.
func TestAddedWordsHaveATextBeforeThem(t *testing.T) {
	for _, lang := range Languages {
		all := texts(t, lang)
		n := 0
		for key := range all {
			n++
			if base, ok := strings.CutPrefix(key, "cli.how_"); ok {
				if !slices.ContainsFunc(mapKeys(all), func(k string) bool { return flat(k) == base }) {
					t.Errorf("%s stands behind no text", key)
				}
			}
		}
		if n < 1000 {
			t.Errorf("%d texts", n)
		}
	}
}

func mapKeys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}
