package scrub

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"fayi/internal/bomb"
	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// What is read of a file to find words in it.
const (
	remainsBytes = 64 << 20 // of one file, and of what is unpacked from it
	remainsLines = 4000
	leastLetters = 7 // of a run of ASCII in bytes that are no text
	leastHan     = 3
)

// Remains lists the words that stand anywhere in a file, as a program reads them that knows little of its format:
// the texts and attributes of documents in parts, the strings of a PDF, the tags of a picture, runs of letters among
// any other bytes (UTF-8 and UTF-16). It is what somebody is shown who decides whether judges may see a file, and what
// names are looked for in. At most 64 MiB are read, and 4000 lines kept. Each line stands once, in the order of the
// file. Errors: those of Copy.
func Remains(ctx context.Context, src Source, size int64) ([]string, error) {
	r := &remains{ctx: ctx, seen: map[string]bool{}, left: remainsBytes}
	data, err := io.ReadAll(io.NewSectionReader(src, 0, min(size, remainsBytes)))
	if err != nil {
		return nil, trace.Failed(err)
	}
	r.file(data, 0)
	return r.lines, ctx.Err()
}

type remains struct {
	ctx   context.Context
	lines []string
	seen  map[string]bool
	left  int64
}

func (r *remains) add(line string) {
	line = strings.Join(strings.Fields(strings.ToValidUTF8(line, " ")), " ")
	if line == "" || r.seen[line] || len(r.lines) >= remainsLines {
		return
	}
	r.seen[line] = true
	r.lines = append(r.lines, line)
}

func (r *remains) file(data []byte, depth int) {
	if r.ctx.Err() != nil || depth > trace.MaxDeep {
		return
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		r.zip(data, depth)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		r.pdf(data)
	case !r.picture(data) && !r.recording(data):
		r.bytes(data)
	}
}

func (r *remains) zip(data []byte, depth int) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || bomb.Document.AdmitParts(len(z.File)) != nil {
		r.bytes(data)
		return
	}
	if z.Comment != "" {
		r.add(z.Comment)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			r.add(f.Name)
		}
		in, err := f.Open()
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(io.LimitReader(in, r.left))
		in.Close()
		r.left -= int64(len(body))
		if !xmltree.IsPart(f.Name) {
			r.file(body, depth+1)
		} else if n, err := xmltree.Read(body); err == nil {
			r.tree(n)
		} else {
			r.bytes(body)
		}
	}
}

// tree adds the text of each paragraph, and each attribute that holds words.
func (r *remains) tree(n *xmltree.Node) {
	for _, a := range n.Attrs {
		if hasHan(a.Value) || strings.ContainsFunc(a.Value, unicode.IsUpper) && len(a.Value) > 12 &&
			!strings.Contains(a.Value, "://schemas.") {
			r.add(a.Value)
		}
	}
	if slices.Contains([]string{"p", "h", "si", "v"}, n.Name.Local) {
		r.add(n.Words())
	}
	for _, k := range n.Kids {
		if k.Name.Local == "" && n.Name.Local != "t" {
			r.add(k.Text)
		}
		r.tree(k)
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// pdf adds the runs of letters of a PDF, and of its streams that zlib unpacks.
func (r *remains) pdf(data []byte) {
	for rest := data; ; {
		before, after, found := bytes.Cut(rest, []byte("stream"))
		r.bytes(before)
		if !found || r.ctx.Err() != nil {
			return
		}
		body, next, _ := bytes.Cut(bytes.TrimLeft(after, "\r\n"), []byte("endstream"))
		if !r.picture(body) {
			r.bytes(r.unpack(body))
		}
		rest = next
	}
}

// unpack adds the runs of letters of what zlib unpacks and returns what stands behind it: all of body, where zlib
// does not come to an end.
func (r *remains) unpack(body []byte) []byte {
	in := bytes.NewReader(body)
	z, err := zlib.NewReader(in)
	if err != nil || r.left <= 0 {
		return body
	}
	open, err := io.ReadAll(io.LimitReader(z, r.left))
	full := int64(len(open)) == r.left
	r.left -= int64(len(open))
	r.bytes(open)
	if err != nil || full {
		return body
	}
	return body[len(body)-in.Len():]
}

// bytes adds the runs of letters among bytes.
func (r *remains) bytes(data []byte) {
	r.narrow(data)
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, from := range []int{0, 1} {
			r.wide(data[min(from, len(data)):], order)
		}
	}
}

func (r *remains) narrow(data []byte) {
	var run []byte
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		if c == utf8.RuneError || !unicode.IsPrint(c) || c > 0xFF && !wordly(c) {
			r.run(string(run))
			run = run[:0]
		} else {
			run = append(run, data[:n]...)
		}
		data = data[n:]
	}
	r.run(string(run))
}

func wordly(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c < 0xFF60 ||
		c >= 0x2010 && c < 0x2030
}

func (r *remains) wide(data []byte, order binary.ByteOrder) {
	var run []uint16
	for all := data; len(data) >= 2; data = data[2:] {
		c := order.Uint16(data)
		if c >= 0x20 && c < 0x7F || c >= 0x4E00 && c < 0xA000 {
			run = append(run, c)
			continue
		}
		end := len(all) - len(data)
		if len(run) >= 4 && !narrowly(all, end-2*len(run), end) && !misread(run) {
			if s := string(utf16.Decode(run)); strings.IndexFunc(s, func(c rune) bool { return c < 0x7F }) >= 0 ||
				c == 0 {
				r.run(s)
			}
		}
		run = run[:0]
	}
	if len(run) >= 4 && !misread(run) {
		r.run(string(utf16.Decode(run)))
	}
}

// narrowly reports whether the bytes from one place to another stand among letters of one byte each: two of those next
// to each other may look like a Chinese character.
func narrowly(data []byte, from, to int) bool {
	return from > 0 && !slices.ContainsFunc(data[from-1:to+1], func(b byte) bool { return b < 0x20 || b > 0x7E })
}

// misread reports whether a run is nearly all Chinese characters that are two letters or digits of one byte each: at
// the end of a word of ASCII, which is taken as what it is elsewhere.
func misread(run []uint16) bool {
	pairs := 0
	for _, c := range run {
		if c >= 0x4E00 && plainly(byte(c)) && plainly(byte(c>>8)) {
			pairs++
		}
	}
	return pairs >= 2 && pairs >= len(run)-1
}

func plainly(b byte) bool {
	return b == ' ' || b == ':' || b == '.' || b == '-' || b == '_' || b == '/' || b < 0x80 &&
		(unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)))
}

// run adds a run of letters that is long enough to be no accident.
func (r *remains) run(s string) {
	letters, han, all := 0, 0, 0
	for _, c := range s {
		all++
		switch {
		case unicode.Is(unicode.Han, c):
			han++
		case c < 0x7F && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == ' '):
			letters++
		}
	}
	if han >= leastHan && (han+letters)*2 >= all || letters >= leastLetters && letters*4 >= all*3 {
		r.add(s)
	}
}
