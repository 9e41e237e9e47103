package prose

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// rtfHidden are destinations of RTF whose text is not shown (RTF 1.9.1). So are all that begin with \*.
var rtfHidden = map[string]bool{
	"info": true, "fonttbl": true, "colortbl": true, "stylesheet": true, "listtable": true, "listoverridetable": true,
	"rsidtbl": true, "generator": true, "xmlnstbl": true, "themedata": true, "colorschememapping": true,
	"datastore": true, "latentstyles": true, "fldinst": true, "annotation": true, "atnid": true, "atnauthor": true,
	"atndate": true, "xe": true, "tc": true, "bkmkstart": true, "bkmkend": true, "template": true, "operator": true,
	"author": true, "title": true, "subject": true, "keywords": true, "comment": true, "doccomm": true, "company": true,
	"manager": true, "userprops": true, "revtbl": true, "filetbl": true, "private": true, "nextfile": true,
	"formfield": true, "txe": true, "rxe": true, "mailmerge": true, "pgptbl": true, "sp": true, "nonesttables": true,
}

// rtfState is what holds within one group.
type rtfState struct {
	hidden bool
	skip   int // letters that stand in place of one in Unicode
}

// rtfReader turns RTF into text.
type rtfReader struct {
	in    []byte
	at    int
	out   strings.Builder
	raw   []byte // bytes of the code page, not yet turned
	stack []rtfState
	now   rtfState
	drop  int // letters to step over
}

func readRTF(in []byte) string {
	r := &rtfReader{in: in, now: rtfState{skip: 1}}
	for r.at < len(in) && r.out.Len() < maxProse {
		switch c := in[r.at]; c {
		case '{':
			r.flush()
			if len(r.stack) < 1000 {
				r.stack = append(r.stack, r.now)
			}
			r.at++
		case '}':
			r.flush()
			if n := len(r.stack); n > 0 {
				r.now, r.stack = r.stack[n-1], r.stack[:n-1]
			}
			r.at++
		case '\\':
			r.control()
		case '\r', '\n':
			r.at++
		default:
			r.at++
			r.letter(c)
		}
	}
	r.flush()
	return strings.TrimSpace(r.out.String()) + "\n"
}

func (r *rtfReader) letter(c byte) {
	if r.drop > 0 {
		r.drop--
	} else if !r.now.hidden {
		r.raw = append(r.raw, c)
	}
}

// flush turns what was gathered: most Chinese files are in GB18030, and ASCII is the same in it.
func (r *rtfReader) flush() {
	if len(r.raw) == 0 {
		return
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(r.raw)
	if err == nil {
		r.out.Write(s)
	}
	r.raw = r.raw[:0]
}

func (r *rtfReader) say(s string) {
	r.flush()
	if !r.now.hidden {
		r.out.WriteString(s)
	}
}

// control reads what a backslash begins.
func (r *rtfReader) control() {
	r.at++
	if r.at >= len(r.in) {
		return
	}
	c := r.in[r.at]
	switch {
	case c == '\'':
		if r.at+3 <= len(r.in) {
			if v, err := strconv.ParseUint(string(r.in[r.at+1:r.at+3]), 16, 8); err == nil {
				r.letter(byte(v))
			}
		}
		r.at = min(r.at+3, len(r.in))
		return
	case c == '*':
		r.now.hidden = true
		r.at++
		return
	case c == '\\' || c == '{' || c == '}':
		r.letter(c)
		r.at++
		return
	case c < 'a' || c > 'z':
		if c == '~' {
			r.say(" ")
		}
		r.at++
		return
	}
	from := r.at
	for r.at < len(r.in) && r.in[r.at] >= 'a' && r.in[r.at] <= 'z' ||
		r.at < len(r.in) && r.in[r.at] >= 'A' && r.in[r.at] <= 'Z' {
		r.at++
	}
	word, digits := string(r.in[from:r.at]), r.at
	if r.at < len(r.in) && r.in[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.in) && r.in[r.at] >= '0' && r.in[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.in[digits:r.at]))
	if r.at < len(r.in) && r.in[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

func (r *rtfReader) word(word string, n int, has bool) {
	switch word {
	case "par", "line", "row", "sect", "page":
		r.say("\n")
	case "tab", "cell":
		r.say("\t")
	case "u":
		if n < 0 {
			n += 1 << 16
		}
		r.say(string(rune(n)))
		r.drop = r.now.skip
	case "uc":
		r.now.skip = max(min(n, 10), 0)
	case "v", "deleted":
		r.now.hidden = !has || n != 0
	case "plain":
		r.flush()
	case "bin":
		if has && n > 0 {
			r.at = min(r.at+n, len(r.in))
		}
	default:
		if rtfHidden[word] {
			r.flush()
			r.now.hidden = true
		}
	}
}
