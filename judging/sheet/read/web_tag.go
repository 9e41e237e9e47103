package read

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// webTag is a tag with the attributes that say something here.
type webTag struct {
	name          string // in lower case, without the prefix of XML spreadsheets
	closes, empty bool
	attrs         map[string]string // the first of each name, which stands without its prefix
}

// webAttrs are the attributes that are kept.
var webAttrs = map[string]bool{
	"name": true, "index": true, "hidden": true, "num": true, "colspan": true, "rowspan": true, "mergeacross": true,
	"mergedown": true, "id": true, "format": true, "styleid": true, "type": true, "formula": true,
	"style": true, "strikethrough": true,
}

func newWebTag(z *html.Tokenizer, kind html.TokenType) webTag {
	name, more := z.TagName()
	t := webTag{name: strings.TrimPrefix(string(name), "ss:")}
	t.closes, t.empty = kind == html.EndTagToken, kind == html.SelfClosingTagToken
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		key = key[bytes.LastIndexByte(key, ':')+1:]
		if !webAttrs[string(key)] {
			continue
		}
		if t.attrs == nil {
			t.attrs = map[string]string{}
		}
		if _, twice := t.attrs[string(key)]; !twice {
			t.attrs[string(key)] = string(value)
		}
	}
	return t
}

// number reads an attribute, 0 where there is no number.
func (t webTag) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(t.attrs[name]), "/"))
	if err != nil {
		return 0
	}
	return n
}

// span reads how many cells more than one a cell covers, 256 at most.
func (t webTag) span(name string, less int) int { return min(max(t.number(name)-less, 0), 256) }

// joinSpaces makes one space of each run of spaces and line ends.
func joinSpaces(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexAny(s, webSpaces)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = strings.TrimLeft(s[i:], webSpaces)
	}
	return b.String() + s
}
