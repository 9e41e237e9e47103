package read

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// tags walks the tags of a worksheet or of the shared strings. These two parts hold millions of tags of a few plain
// kinds; encoding/xml, which reads all other parts, takes three times as long over them. What it meets is taken as
// it is: tags need not match.
type tags struct {
	r     *bufio.Reader
	name  []byte // of the tag, without prefix; good until the next call
	attrs []byte // what follows the name
	text  []byte // what stood before the tag, references not yet undone
	end   bool   // an end tag
	empty bool   // a start tag that is its own end: <c/>
	held  []byte // a tag or text longer than the reader's buffer, or joined of pieces
}

// maxText is the most text that is gathered for one value, in bytes; a cell may hold far less.
const maxText = 4 << 20

var errTag = errors.New("a tag is not closed")

func newTags(r io.Reader) *tags { return &tags{r: bufio.NewReaderSize(r, 64<<10)} }

// next goes to the next start or end tag; io.EOF where there is none. Comments and declarations are passed over,
// CDATA is text.
func (t *tags) next() error {
	t.text = t.text[:0]
	for {
		if err := t.upTo('<', &t.text); err != nil {
			return err
		}
		if t.text = t.text[:len(t.text)-1]; len(t.text) > maxText {
			return ErrTooBig
		}
		kind, err := t.r.Peek(1)
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		if kind[0] != '!' && kind[0] != '?' {
			return t.tag()
		}
		if err := t.declaration(); err != nil {
			return err
		}
	}
}

// upTo appends what comes up to and with stop.
func (t *tags) upTo(stop byte, into *[]byte) error {
	for {
		piece, err := t.r.ReadSlice(stop)
		*into = append(*into, piece...)
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// tag reads a tag whose "<" has been read. A ">" within quotes does not end it.
func (t *tags) tag() error {
	t.held = t.held[:0]
	for quote, first := byte(0), true; quote != 0 || first; first = false {
		from := len(t.held)
		if err := t.upTo('>', &t.held); err != nil {
			return unexpected(err)
		}
		quote = quoteAfter(t.held[from:], quote)
	}
	b := t.held[:len(t.held)-1]
	if bytes.IndexByte(b, '<') >= 0 || len(b) == 0 {
		return errTag
	}
	if t.end = b[0] == '/'; t.end {
		b = b[1:]
	}
	if t.empty = len(b) > 0 && b[len(b)-1] == '/'; t.empty {
		b = b[:len(b)-1]
	}
	i := bytes.IndexAny(b, " \t\r\n")
	if i < 0 {
		i = len(b)
	}
	t.name, t.attrs = b[:i], b[i:]
	if colon := bytes.IndexByte(t.name, ':'); colon >= 0 {
		t.name = t.name[colon+1:]
	}
	return nil
}

// quoteAfter returns the quotation mark that is still open behind b when quote was open before it; 0 for none.
func quoteAfter(b []byte, quote byte) byte {
	for {
		i := 0
		if quote == 0 {
			i = bytes.IndexAny(b, `"'`)
		} else {
			i = bytes.IndexByte(b, quote)
		}
		if i < 0 {
			return quote
		}
		if quote == 0 {
			quote = b[i]
		} else {
			quote = 0
		}
		b = b[i+1:]
	}
}

// declaration passes over <!…> and <?…?>, keeping the text of CDATA.
func (t *tags) declaration() error {
	t.held = t.held[:0]
	stop := []byte(">")
	for {
		if err := t.upTo('>', &t.held); err != nil {
			return unexpected(err)
		}
		switch {
		case bytes.HasPrefix(t.held, []byte("![CDATA[")):
			stop = []byte("]]>")
		case bytes.HasPrefix(t.held, []byte("!--")):
			stop = []byte("-->")
		}
		if bytes.HasSuffix(t.held, stop) {
			break
		}
	}
	if inner, ok := bytes.CutPrefix(t.held, []byte("![CDATA[")); ok {
		t.text = append(t.text, strings.NewReplacer("&", "&amp;").Replace(string(inner[:len(inner)-3]))...)
	}
	return nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// is reports whether the tag is a start tag called name.
func (t *tags) is(name string) bool { return !t.end && string(t.name) == name }

// ends reports whether the tag ends an element called name.
func (t *tags) ends(name string) bool { return (t.end || t.empty) && string(t.name) == name }

// attr returns the value of an attribute as it stands; nil where there is none. The attributes read here hold no
// references.
func (t *tags) attr(name string) []byte {
	for rest := t.attrs; ; {
		i := bytes.IndexByte(rest, '=')
		if i < 0 {
			return nil
		}
		key := bytes.TrimSpace(rest[:i])
		if rest = bytes.TrimLeft(rest[i+1:], " \t\r\n"); len(rest) == 0 {
			return nil
		}
		quote := rest[0]
		rest = rest[1:]
		n := bytes.IndexByte(rest, quote)
		if n < 0 || quote != '"' && quote != '\'' {
			return nil
		}
		if string(key) == name {
			return rest[:n]
		}
		rest = rest[n+1:]
	}
}

var errUTF8 = errors.New("not UTF-8")

// said returns the text before the tag, references undone.
func (t *tags) said() (string, error) {
	if !utf8.Valid(t.text) {
		return "", errUTF8
	}
	s := string(t.text)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s, nil
}

// rich joins the runs of a string up to its end tag, without phonetic readings.
func (t *tags) rich(end string) (string, error) {
	if t.empty {
		return "", nil
	}
	text, inText, phonetic := "", false, false
	var more strings.Builder // only for strings of several runs
	for {
		if err := t.next(); err != nil {
			return "", unexpected(err)
		}
		if inText && t.end && !phonetic {
			s, err := t.said()
			if err != nil {
				return "", err
			}
			if more.Len() > maxText {
				return "", ErrTooBig
			}
			if text == "" && more.Len() == 0 {
				text = s
			} else {
				more.WriteString(s)
			}
		}
		inText = t.is("t") && !t.empty
		switch {
		case t.ends("rPh"):
			phonetic = false
		case t.is("rPh"):
			phonetic = true
		case t.ends(end):
			return unescape(text + more.String()), nil
		}
	}
}
