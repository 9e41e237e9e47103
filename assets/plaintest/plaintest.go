// Package plaintest finds, for tests, what people are shown that belongs to the program and not to an office: keys,
// identities, names of tables, words of libraries and of the system, English in Chinese, numbers with idle zeros.
package plaintest

import (
	"regexp"
	"slices"
	"strings"
)

// known are Latin words that a Chinese text may hold: kinds of files, programs, units and keys of the keyboard that
// people know by these names.
var known = []string{
	"Alt", "BMP", "CSV", "Ctrl", "Delete", "English", "Esc", "Excel", "GB", "GIF", "ICC", "JPEG", "JPG", "KB",
	"LibreOffice", "MB", "MP4", "Mesa", "OpenGL", "PDF", "PNG", "PageDown", "PageUp", "PowerShell", "QQ", "SHA-256",
	"Shift", "TIFF", "Tab", "VLC", "WPS", "WebP", "Word", "csv", "csv.gz", "docx", "ffmpeg", "jpeg", "jpg", "pdf",
	"png", "rar", "txt", "xlsx", "zip", "opengl32.dll", "fayi.exe", "fayictl.exe", "README.txt", "DOCX", "MP3", "TXT",
	"px", "XLSX", "Windows", "Linux", "macOS", "Android", "iPhone", "iPad", "Fayi", "Language",
	"MOV", "AVI", "WAV", "DOC", "ZIP",
}

// shapes are words that stand for what people see: endings of names of files, codes of works, one letter as a key or
// a symbol.
var shapes = regexp.MustCompile(
	`^(F\d+|[A-Za-z]|[A-Z]{1,4}(-\d{3,6})?|\.?(fayi|fayipacket|fayireply|fayiarchive|minisig|pub|pdf|csv|xlsx))$`)

// fault is one kind of what no office says.
type fault struct {
	what string
	is   *regexp.Regexp
}

var (
	latin  = regexp.MustCompile(`\.?[A-Za-z][A-Za-z0-9_./-]*[A-Za-z0-9]|[A-Za-z]`)
	always = []fault{
		{"PIN for a personal password", regexp.MustCompile(`\bPINs?\b`)},
		{"a second word for the smallest difference", regexp.MustCompile(`步长`)},
		{"a second word for a slip", regexp.MustCompile(`口令单`)},
	}
	insides = []fault{
		{"a key of a file or a word of the program", regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`)},
		{"an identity", regexp.MustCompile(`\b[a-z][0-9]{3,}\b`)},
		{"a variable", regexp.MustCompile(`\bFAYI_`)},
		{"a file of the program's own", regexp.MustCompile(`contest\.db`)},
	}
	commands = []fault{
		{"a flag", regexp.MustCompile(`(^|[^-\w])--[a-z]`)},
		{"a command", regexp.MustCompile(`\bfayictl\b[^.]|\b(contest|works|judges|scores|awards|units) ` +
			`(check|heal|restore|undo[a-z-]*|correct-[a-z-]*|collect|merge|publish|adjust)\b`)},
	}
	seen = []fault{
		{"words of a library or the system", regexp.MustCompile(
			`(?i)no such file|permission denied|is a directory|not a directory|no space left|\bbolt\b|bbolt|\bzip:|` +
				`flate|excelize|\bxml\b|\bjson:|\btoml\b|strconv|invalid argument|\bEOF\b|%![a-z(]|<nil>|<no value>|` +
				`runtime error|invalid character|syscall|goroutine|\bopen /|\bstat /|broken pipe|bad file descriptor`)},
		{"a replacement character", regexp.MustCompile("\uFFFD")},
		{"a number with idle zeros", regexp.MustCompile(`(^|[^\d.v])\d+\.\d*0([^\d.]|$)`)},
		{"a key of a text", regexp.MustCompile(`\b[a-z]{2,}\.[a-z]+(_[a-z]+)+\b`)},
	}
)

// Typed finds what no text may say, not even to those who type commands.
func Typed(text string) []string { return find(nil, text, always) }

// Text finds what a text of the catalogue in lang, without its places for arguments, should not say to an office.
func Text(lang, text string) []string {
	return append(find(nil, text, always, insides, commands), english(lang, text)...)
}

// Shown finds what a page, a paper or a message in lang should not show. What stands in own, as names that people
// gave, is left out.
func Shown(lang, text string, own ...string) []string {
	text = without(text, own)
	return append(find(nil, text, always, insides, commands, seen), english(lang, text)...)
}

// Printed is Shown for what those who type commands read: identities, flags and commands belong there, and typed
// are the words of which they are made.
func Printed(lang, text string, typed map[string]bool, own ...string) []string {
	text = latin.ReplaceAllStringFunc(without(text, own), func(w string) string {
		if typed[w] {
			return "□"
		}
		return w
	})
	return append(find(nil, text, always, insides[:1], insides[3:], seen), english(lang, text)...)
}

// without replaces what people gave themselves, the longest first.
func without(text string, own []string) string {
	own = slices.Clone(own)
	slices.SortFunc(own, func(a, b string) int { return len(b) - len(a) })
	for _, w := range own {
		if w != "" {
			text = strings.ReplaceAll(text, w, "□")
		}
	}
	return text
}

func find(out []string, text string, lists ...[]fault) []string {
	for _, list := range lists {
		for _, f := range list {
			for _, at := range f.is.FindAllString(text, -1) {
				out = append(out, f.what+": "+at)
			}
		}
	}
	return out
}

// english finds words in Latin letters in a Chinese text.
func english(lang, text string) (out []string) {
	if strings.HasPrefix(lang, "en") {
		return nil
	}
	for _, w := range latin.FindAllString(text, -1) {
		if !slices.Contains(known, w) && !shapes.MatchString(w) {
			out = append(out, "an English word: "+w)
		}
	}
	return out
}
