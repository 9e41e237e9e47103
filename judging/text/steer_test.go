package text_test

import (
	"testing"

	"fayi/judging/text"
)

func TestWhatSteersShowsAsABlank(t *testing.T) {
	for in, want := range map[string]string{
		"甲\n乙\r丙\t丁":                "甲 乙 丙 丁",
		"甲\u0085乙\u2028丙\u2029丁":    "甲 乙 丙 丁",
		"\x1b[2J\u009b31m\x7f\a":    " [2J 31m  ",
		"a\u202eb\u2067c\u200fd":    "a b c d",
		"坏\xff字节":                   "坏\ufffd字节",
		"👩\u200d🎓 한 नि\u200cक é 　全": "👩\u200d🎓 한 नि\u200cक é 　全", // joiners are parts of characters
		"": "",
	} {
		if got := text.Harmless(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPapersKeepLineEndsAndTabs(t *testing.T) {
	for in, want := range map[string]string{
		"甲\n乙\t丙":                              "甲\n乙\t丙",
		"甲\r\n乙\u0085丙\u2028丁":                 "甲\n乙丙丁",
		"\x1b[2J\u202e坏\xff字节\ufffe\uffff\x00": "[2J坏字节",
		"甲\u200b乙\u2060丙\ufeff丁\u180e戊":        "甲乙丙丁戊",
		"👩\u200d🎓 नि\u200cक":                   "👩\u200d🎓 नि\u200cक",
	} {
		if got := text.Written(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestALineOfAPaperIsOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"甲\n乙\t丙":                        "甲 乙 丙",
		"甲\r\n乙\r丙\v丁\f戊":                "甲 乙 丙 丁 戊",
		"甲\u0085乙\u2028丙\u2029丁":         "甲 乙 丙 丁",
		"\x1b[2J\u202e坏\xff字节\u200b\x00": "[2J坏字节",
		"　全　":                            "　全　",
	} {
		if got := text.Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
