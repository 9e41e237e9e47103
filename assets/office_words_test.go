package assets

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The areas whose texts only those read who type commands. All others are read in the window and on paper too.
var typed = []string{"cli", "command", "flag"}

// Latin words that a Chinese text may hold: kinds of files, programs, units and keys of the keyboard that people know
// by these names.
var known = []string{
	"Alt", "BMP", "CSV", "Ctrl", "Delete", "English", "Esc", "Excel", "GB", "GIF", "ICC", "JPEG", "JPG", "KB",
	"LibreOffice", "MB", "MP4", "Mesa", "OpenGL", "PDF", "PNG", "PageDown", "PageUp", "PowerShell", "QQ", "SHA-256",
	"Shift", "TIFF", "Tab", "VLC", "WPS", "WebP", "Word", "csv", "csv.gz", "docx", "ffmpeg", "jpeg", "jpg", "pdf",
	"png", "rar", "txt", "xlsx", "zip",
}

// Words that stand for what people see: endings of names of files, examples of codes, one letter as a key or a
// symbol.
var shapes = regexp.MustCompile(
	`^(F\d+|[A-Za-z]|[A-Z]{2}-\d{4}|\.?(fayi|fayipacket|fayireply|fayiarchive|minisig|pub|pdf|csv|xlsx))$`)

// shell names files that lie next to the program, which a person has to find in a folder.
var shell = []string{"opengl32.dll", "fayi.exe", "fayictl.exe", "README.txt"}

var (
	latin   = regexp.MustCompile(`\.?[A-Za-z][A-Za-z0-9_./-]*[A-Za-z0-9]|[A-Za-z]`)
	insides = []struct {
		what string
		is   *regexp.Regexp
	}{
		{"a key of a file or a word of the program", regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`)},
		{"an identity", regexp.MustCompile(`\b[a-z][0-9]{3,}\b`)},
		{"a flag", regexp.MustCompile(`(^|[^-\w])--[a-z]`)},
		{"a variable", regexp.MustCompile(`\bFAYI_`)},
		{"a command", regexp.MustCompile(`\bfayictl\b[^.]|\b(contest|works|judges|scores|awards|units) ` +
			`(check|heal|restore|undo[a-z-]*|correct-[a-z-]*|collect|merge|publish|adjust)\b`)},
		{"a file of the program's own", regexp.MustCompile(`contest\.db`)},
	}
	everywhere = []struct {
		what string
		is   *regexp.Regexp
	}{
		{"PIN for a personal password", regexp.MustCompile(`\bPINs?\b`)},
		{"a second word for the smallest difference", regexp.MustCompile(`步长`)},
		{"a second word for a passphrase", regexp.MustCompile(`口令单|密语|口令短语`)},
	}
)

// insiders are the words in a text that belong to the program and not to an office, with what is wrong with each.
func insiders(lang, key, text string) (out []string) {
	text = action.ReplaceAllString(text, "")
	for _, f := range everywhere {
		for _, at := range f.is.FindAllString(text, -1) {
			out = append(out, f.what+": "+at)
		}
	}
	area, _, _ := strings.Cut(key, ".")
	if slices.Contains(typed, area) {
		return out
	}
	for _, f := range insides {
		for _, at := range f.is.FindAllString(text, -1) {
			out = append(out, f.what+": "+at)
		}
	}
	if lang != Languages[0] {
		return out
	}
	for _, w := range latin.FindAllString(text, -1) {
		if !slices.Contains(known, w) && !shapes.MatchString(w) && !(area == "shell" && slices.Contains(shell, w)) {
			out = append(out, "an English word: "+w)
		}
	}
	return out
}

func TestInsidersAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"请先改规则中的 missing_judges。": 2, "评委 j001 已提交": 2, "输入 PIN 码": 2, "加 --new 添加": 2, "步长的整数倍": 1,
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
