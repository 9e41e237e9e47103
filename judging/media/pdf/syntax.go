package pdf

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
)

// The syntax of PDF (ISO 32000-1, 7.2-7.3), as far as PDFium writes it: a table of objects, none of them packed in
// streams.

// value is a token ([]byte: a number, name, string, true, false or null), a list, a dict, a ref or a *stream.
type value any

type (
	token []byte
	list  []value
	ref   int // number of an object
)

// dict keeps its entries in order; keys are without their slash.
type dict []entry

type entry struct {
	key   string
	value value
}

type stream struct {
	dict dict
	data []byte
}

func (d dict) get(key string) value {
	for _, e := range d {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

func (d dict) without(keys ...string) dict {
	return slices.DeleteFunc(slices.Clone(d), func(e entry) bool { return slices.Contains(keys, e.key) })
}

func (d dict) with(key string, v value) dict { return append(d.without(key), entry{key, v}) }

func (d dict) is(key, name string) bool {
	t, ok := d.get(key).(token)
	return ok && string(t) == "/"+name
}

var errSyntax = errors.New("not as PDFium writes it")

// file is a document in memory.
type file struct {
	b       []byte
	objects map[ref]int // where they begin
	root    ref
}

// readFile finds the objects by the table at the end.
func readFile(b []byte) (*file, error) {
	f := &file{b: b, objects: map[ref]int{}}
	at := bytes.LastIndex(b, []byte("startxref"))
	if at < 0 {
		return nil, errSyntax
	}
	p := &parser{b: b, at: at + len("startxref")}
	start, err := p.number()
	if err != nil || start >= len(b) {
		return nil, errSyntax
	}
	p.at = start
	if !p.word("xref") {
		return nil, errSyntax
	}
	for !p.word("trailer") {
		if err := f.section(p); err != nil {
			return nil, err
		}
	}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	trailer, _ := v.(dict)
	root, ok := trailer.get("Root").(ref)
	if !ok || trailer.get("Encrypt") != nil {
		return nil, errSyntax
	}
	f.root = root
	return f, nil
}

// section reads one run of the table.
func (f *file) section(p *parser) error {
	first, err := p.number()
	if err != nil {
		return err
	}
	n, err := p.number()
	if err != nil {
		return err
	}
	for i := range n {
		at, err := p.number()
		if err != nil {
			return err
		}
		if _, err := p.number(); err != nil {
			return err
		}
		switch {
		case p.word("n"):
			f.objects[ref(first+i)] = at
		case !p.word("f"):
			return errSyntax
		}
	}
	return nil
}

// object reads object n; one that is not there is null.
func (f *file) object(n ref) (value, error) {
	v, p, err := f.bare(n)
	if err != nil {
		return nil, err
	}
	d, ok := v.(dict)
	if !ok || !p.word("stream") {
		return v, nil
	}
	return p.stream(d)
}

// bare reads object n up to where its stream would begin, which is where the parser stands.
func (f *file) bare(n ref) (value, *parser, error) {
	p := &parser{b: f.b, file: f}
	at, ok := f.objects[n]
	if !ok {
		return token("null"), p, nil
	}
	p.at = min(at, len(f.b))
	if got, err := p.number(); err != nil || ref(got) != n {
		return nil, p, errSyntax
	}
	if _, err := p.number(); err != nil || !p.word("obj") {
		return nil, p, errSyntax
	}
	v, err := p.value(0)
	return v, p, err
}

type parser struct {
	b    []byte
	at   int
	file *file
}

func (p *parser) stream(d dict) (value, error) {
	if p.at < len(p.b) && p.b[p.at] == '\r' {
		p.at++
	}
	if p.at < len(p.b) && p.b[p.at] == '\n' {
		p.at++
	}
	size, ok := d.get("Length").(token)
	if r, far := d.get("Length").(ref); far {
		v, _, err := p.file.bare(r)
		if err != nil {
			return nil, err
		}
		size, ok = v.(token)
	}
	n, err := strconv.Atoi(string(size))
	if !ok || err != nil || n < 0 || n > len(p.b)-p.at {
		return nil, errSyntax
	}
	return &stream{d, p.b[p.at : p.at+n]}, nil
}

func isSpace(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func isEnd(c byte) bool { return isSpace(c) || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (p *parser) space() {
	for p.at < len(p.b) {
		switch c := p.b[p.at]; {
		case isSpace(c):
			p.at++
		case c == '%':
			for p.at < len(p.b) && p.b[p.at] != '\n' && p.b[p.at] != '\r' {
				p.at++
			}
		default:
			return
		}
	}
}

// word steps over w if it comes next.
func (p *parser) word(w string) bool {
	p.space()
	if !bytes.HasPrefix(p.b[min(p.at, len(p.b)):], []byte(w)) {
		return false
	}
	p.at += len(w)
	return true
}

func (p *parser) number() (int, error) {
	p.space()
	from := p.at
	for p.at < len(p.b) && p.b[p.at] >= '0' && p.b[p.at] <= '9' {
		p.at++
	}
	n, err := strconv.Atoi(string(p.b[min(from, len(p.b)):p.at]))
	if err != nil {
		return 0, errSyntax
	}
	return n, nil
}

func (p *parser) value(depth int) (value, error) {
	const maxDepth = 200
	p.space()
	if depth > maxDepth || p.at >= len(p.b) {
		return nil, errSyntax
	}
	from := p.at
	switch c := p.b[p.at]; {
	case p.word("<<"):
		return p.dict(depth + 1)
	case c == '[':
		p.at++
		return p.list(depth + 1)
	case c == '<':
		end := bytes.IndexByte(p.b[p.at:], '>')
		if end < 0 {
			return nil, errSyntax
		}
		p.at += end + 1
		return token(p.b[from:p.at]), nil
	case c == '(':
		return p.text()
	case c >= '0' && c <= '9':
		if n, ok := p.ref(); ok {
			return n, nil
		}
	}
	p.at++ // a name's slash, or the first letter
	for p.at < len(p.b) && !isEnd(p.b[p.at]) {
		p.at++
	}
	if isEnd(p.b[from]) && p.b[from] != '/' {
		return nil, errSyntax
	}
	return token(p.b[from:p.at]), nil
}

// ref reads "12 0 R", or nothing.
func (p *parser) ref() (ref, bool) {
	from := p.at
	n, err := p.number()
	if err == nil {
		if _, err = p.number(); err == nil && p.word("R") && (p.at >= len(p.b) || isEnd(p.b[p.at])) {
			return ref(n), true
		}
	}
	p.at = from
	return 0, false
}

// text steps over a string in brackets, which may hold brackets in pairs.
func (p *parser) text() (value, error) {
	from, open := p.at, 0
	for ; p.at < len(p.b); p.at++ {
		switch p.b[p.at] {
		case '\\':
			p.at++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				p.at++
				return token(p.b[from:p.at]), nil
			}
		}
	}
	return nil, errSyntax
}

func (p *parser) list(depth int) (value, error) {
	out := list{}
	for !p.word("]") {
		v, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (p *parser) dict(depth int) (value, error) {
	out := dict{}
	for !p.word(">>") {
		k, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		key, ok := k.(token)
		if !ok || key[0] != '/' {
			return nil, errSyntax
		}
		v, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, entry{string(key[1:]), v})
	}
	return out, nil
}
