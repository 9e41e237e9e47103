package prose

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"

	"fayi/judging"
	"fayi/judging/text"
)

// Markup tells what a text is that a program would draw: "svg", "html", or "" for one that is read as it stands.
func Markup(head []byte) string {
	s := strings.ToLower(text.Decode(head))
	s = strings.TrimLeft(s, "\uFEFF \t\r\n")
	switch {
	case !strings.HasPrefix(s, "<"):
		return ""
	case strings.Contains(s, "<svg") || strings.Contains(s, ":svg"):
		return "svg"
	}
	return "html"
}

// htmlHidden are the elements of a page that are not shown as text.
var htmlHidden = map[string]bool{
	"head": true, "script": true, "style": true, "template": true, "noscript": true, "object": true, "iframe": true,
	"svg": true, "title": true, "meta": true, "datalist": true, "select": true, "audio": true, "video": true, "del": true,
	"dialog": true, "canvas": true, "map": true, "applet": true,
}

// PageText returns the words that a web page shows, a line for each of its blocks. Errors: Invalid
// "media.prose_too_big" over 8 MiB, "media.bad_prose".
func PageText(data []byte) (string, error) {
	if len(data) > maxTextBytes {
		return "", proseTooBig()
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text.Decode(data)))
	var hidden []string
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() == io.EOF {
				return cropProse(strings.TrimSpace(b.String()) + "\n"), nil
			}
			return "", badProse(z.Err())
		}
		t := z.Token()
		switch kind {
		case html.StartTagToken:
			if len(hidden) < 500 &&
				(len(hidden) > 0 && t.Data == hidden[len(hidden)-1] || htmlHidden[t.Data] || unseen(t)) &&
				!voidTag[t.Data] {
				hidden = append(hidden, t.Data)
			}
			if len(hidden) == 0 && !inlineTag[t.Data] {
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			if n := len(hidden); n > 0 && hidden[n-1] == t.Data {
				hidden = hidden[:n-1]
			}
		case html.TextToken:
			if len(hidden) == 0 {
				b.WriteString(strings.Join(strings.Fields(t.Data), " "))
			}
		}
	}
}

var (
	voidTag   = map[string]bool{"meta": true, "br": true, "img": true, "link": true, "input": true, "hr": true}
	inlineTag = map[string]bool{"a": true, "b": true, "i": true, "u": true, "em": true, "strong": true, "span": true,
		"font": true, "sub": true, "sup": true}
)

// unseen reports whether an element says that it is not shown.
func unseen(t html.Token) bool {
	for _, a := range t.Attr {
		style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
		if a.Key == "hidden" || a.Key == "style" &&
			(strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")) {
			return true
		}
	}
	return false
}

// RichText returns the words that an RTF document shows, headers, footers and notes with it. Errors: Invalid
// "media.no_prose" for one with pictures or objects, which text would lose; "media.prose_too_big" over 8 MiB.
func RichText(data []byte) (string, error) {
	if len(data) > maxTextBytes {
		return "", proseTooBig()
	}
	for _, w := range []string{`\pict`, `\object`, `\objdata`, `\shppict`} {
		if bytes.Contains(data, []byte(w)) {
			return "", judging.Fail(judging.Invalid, "media.no_prose", nil)
		}
	}
	return cropProse(readRTF(data)), nil
}
