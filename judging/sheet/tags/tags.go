// Package Reader walks the tags of large XML parts whose tags are of a few plain kinds.
//
// It promises one pass, memory bounded by MaxText, and takes what it meets as it is: tags need not match. It will not
// resolve entities that a document defines, nor check that it is well-formed.
package tags

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"fayi/internal/bomb"
)

// Reader walks the tags of a worksheet or of the shared strings. These two parts hold millions of tags of a few plain
// kinds; encoding/xml, which reads all other parts, takes three times as long over them. What it meets is taken as
// it is: tags need not match.
type Reader struct {
	r     *bufio.Reader
	Name  []byte // of the tag, without prefix; good until the next call
	attrs []byte // what follows the name
	Text  []byte // what stood before the tag, references not yet undone
	End   bool   // an end tag
	Empty bool   // a start tag that is its own end: <c/>
	held  []byte // a tag or text longer than the reader's buffer, or joined of pieces
}

// MaxText is the most text that is gathered for one value, in bytes; a cell may hold far less.
const MaxText = 4 << 20

var errTag = errors.New("a tag is not closed")

// New reads a part.
func New(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Next goes to the next start or end tag; io.EOF where there is none. Comments and declarations are passed over,
// CDATA is text.
func (t *Reader) Next() error {
	t.Text = t.Text[:0]
	for {
		if err := t.upTo('<', &t.Text); err != nil {
			return err
		}
		if t.Text = t.Text[:len(t.Text)-1]; len(t.Text) > MaxText {
			return bomb.ErrTooBig
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
func (t *Reader) upTo(stop byte, into *[]byte) error {
	for {
		piece, err := t.r.ReadSlice(stop)
		*into = append(*into, piece...)
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// tag reads a tag whose "<" has been read. A ">" within quotes does not end it.
func (t *Reader) tag() error {
	t.held = t.held[:0]
	for quote, first := byte(0), true; quote != 0 || first; first = false {
		from := len(t.held)
		if err := t.upTo('>', &t.held); err != nil {
			return Unexpected(err)
		}
		quote = quoteAfter(t.held[from:], quote)
	}
	b := t.held[:len(t.held)-1]
	if bytes.IndexByte(b, '<') >= 0 || len(b) == 0 {
		return errTag
	}
	if t.End = b[0] == '/'; t.End {
		b = b[1:]
	}
	if t.Empty = len(b) > 0 && b[len(b)-1] == '/'; t.Empty {
		b = b[:len(b)-1]
	}
	i := bytes.IndexAny(b, " \t\r\n")
	if i < 0 {
		i = len(b)
	}
	t.Name, t.attrs = b[:i], b[i:]
	if colon := bytes.IndexByte(t.Name, ':'); colon >= 0 {
		t.Name = t.Name[colon+1:]
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
func (t *Reader) declaration() error {
	t.held = t.held[:0]
	stop := []byte(">")
	for {
		if err := t.upTo('>', &t.held); err != nil {
			return Unexpected(err)
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
		t.Text = append(t.Text, strings.NewReplacer("&", "&amp;").Replace(string(inner[:len(inner)-3]))...)
	}
	return nil
}

// Unexpected makes of the end of a part an error.
func Unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Is reports whether the tag is a start tag called name.
func (t *Reader) Is(name string) bool { return !t.End && string(t.Name) == name }

// Ends reports whether the tag ends an element called name.
func (t *Reader) Ends(name string) bool { return (t.End || t.Empty) && string(t.Name) == name }

// Attr returns the value of an attribute as it stands; nil where there is none. The attributes read here hold no
// references.
func (t *Reader) Attr(name string) []byte {
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

// Said returns the text before the tag, references undone.
func (t *Reader) Said() (string, error) {
	if !utf8.Valid(t.Text) {
		return "", errUTF8
	}
	s := string(t.Text)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s, nil
}
