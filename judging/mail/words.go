package mail

import (
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"fayi/judging/text"
)

// The standard library decodes each encoded word by itself and refuses a header with a byte or a charset that it does
// not know. Chinese programs part a character between two words, write GB18030 as it is and call it anything, so that
// these headers are read here.

var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=`)

// words decodes a header: words of one charset that follow each other are one text.
func words(s string) string {
	var out strings.Builder
	var held []byte
	charset, end := "", 0
	flush := func() {
		out.WriteString(inCharset(charset, held))
		held = nil
	}
	for _, m := range encodedWord.FindAllStringSubmatchIndex(s, -1) {
		between := s[end:m[0]]
		name := strings.ToLower(s[m[2]:m[3]])
		if follows := len(held) > 0 && strings.TrimSpace(between) == ""; !follows || name != charset {
			flush()
			if !follows {
				out.WriteString(raw(between))
			}
		}
		charset, end = name, m[1]
		held = append(held, wordBytes(s[m[4]:m[5]], s[m[6]:m[7]])...)
	}
	flush()
	out.WriteString(raw(s[end:]))
	return out.String()
}

// wordBytes are the bytes of one encoded word; those of what it can't decode are its own.
func wordBytes(how, s string) []byte {
	if strings.EqualFold(how, "b") {
		s = strings.TrimRight(s, "=")
		if data, err := base64.RawStdEncoding.DecodeString(s); err == nil {
			return data
		}
		return []byte(s)
	}
	data, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(strings.ReplaceAll(s, "_", "=20"))))
	if err != nil {
		return []byte(s)
	}
	return data
}

// inCharset reads bytes in a charset by its name; in an unknown one, and in one that they are not in, by what they
// look like.
func inCharset(charset string, data []byte) string {
	charset, _, _ = strings.Cut(charset, "*") // a language may follow
	if e, err := htmlindex.Get(charset); err == nil && !(utf8.Valid(data) && strings.Contains(charset, "8859")) {
		if out, err := e.NewDecoder().Bytes(data); err == nil && !strings.ContainsRune(string(out), utf8.RuneError) {
			return string(out)
		}
	}
	return raw(string(data))
}

// raw reads bytes that no charset is said of.
func raw(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return text.FileName(s)
}

// parameters are those of one header, by lower-case names.
type parameters map[string]string

var parameter = regexp.MustCompile(`(?s);\s*([A-Za-z0-9_.*%-]+)\s*=\s*("((?:[^"\\]|\\.)*)"|[^;]*)`)

// fields parts a header into its first word, in lower case, and its parameters.
func fields(header string) (string, parameters) {
	kind, _, _ := strings.Cut(header, ";")
	p := parameters{}
	for _, m := range parameter.FindAllStringSubmatch(header, -1) {
		name, value := strings.ToLower(m[1]), strings.TrimSpace(m[2])
		if strings.HasPrefix(value, `"`) {
			value = quoted.ReplaceAllString(m[3], "$1")
		}
		if _, had := p[name]; !had {
			p[name] = value
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), p
}

var quoted = regexp.MustCompile(`\\(.)`)

// get returns a parameter, put together and decoded as RFC 2231 and RFC 2047 say.
func (p parameters) get(name string) string {
	if v, ok := p[name+"*"]; ok {
		return extended([]string{v}, []bool{true})
	}
	var parts []string
	var percent []bool
	for i := 0; ; i++ {
		at := name + "*" + strconv.Itoa(i)
		if v, ok := p[at+"*"]; ok {
			parts, percent = append(parts, v), append(percent, true)
		} else if v, ok := p[at]; ok {
			parts, percent = append(parts, v), append(percent, false)
		} else {
			break
		}
	}
	if len(parts) > 0 {
		return extended(parts, percent)
	}
	return words(p[name])
}

// extended reads the parts of a value, of which the first may name the charset: gb18030”%D7%F7.
func extended(parts []string, percent []bool) string {
	charset := ""
	if percent[0] {
		if list := strings.SplitN(parts[0], "'", 3); len(list) == 3 {
			charset, parts[0] = strings.ToLower(list[0]), list[2]
		}
	}
	var data []byte
	for i, s := range parts {
		if percent[i] {
			if plain, err := url.PathUnescape(s); err == nil {
				s = plain
			}
		}
		data = append(data, s...)
	}
	if !slices.Contains(percent, true) {
		return words(string(data))
	}
	return inCharset(charset, data)
}

// cleanName is the last part of a name that may be a path, without what steers the direction of writing.
func cleanName(name string) string {
	name = text.Line(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return strings.TrimRight(strings.TrimSpace(name), ". ") // as systems do that run it by its ending
}
