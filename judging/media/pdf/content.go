package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"slices"

	"golang.org/x/image/tiff/lzw"

	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
)

// maxStream is how many bytes a stream that is looked into may unpack to.
const maxStream = 64 << 20

// filterNames are the filters by all names that they may have (ISO 32000-1, tables 6 and 94).
var filterNames = map[string]string{
	"/FlateDecode": "flate", "/Fl": "flate", "/LZWDecode": "lzw", "/LZW": "lzw", "/ASCII85Decode": "a85", "/A85": "a85",
	"/ASCIIHexDecode": "hex", "/AHx": "hex", "/RunLengthDecode": "run", "/RL": "run", "/DCTDecode": "dct",
	"/DCT": "dct", "/JPXDecode": "jpx", "/CCITTFaxDecode": "fax", "/CCF": "fax", "/JBIG2Decode": "jbig2",
}

// filters returns the filters of a stream in their order, whichever way they are written. It is false when one is
// not known.
func (f *file) filters(d dict) ([]string, bool) {
	v := d.get("Filter")
	if v == nil {
		v = d.get("F")
	}
	v = f.resolve(v)
	var out []string
	all, isList := v.(list)
	if !isList && v != nil {
		all = list{v}
	}
	for _, e := range all {
		t, _ := f.resolve(e).(token)
		if string(t) == "null" {
			continue
		}
		name := filterNames[string(t)]
		if name == "" {
			return nil, false
		}
		out = append(out, name)
	}
	return out, true
}

// resolve returns what a reference leads to.
func (f *file) resolve(v value) value {
	for range 8 {
		r, far := v.(ref)
		if !far || f == nil {
			return v
		}
		v, _, _ = f.bare(r)
	}
	return nil
}

// unpack takes the filters off that pack any bytes, and returns those that remain: of pictures. A filter with a
// predictor remains too.
func (f *file) unpack(s *stream) (data []byte, rest []string, err error) {
	rest, known := f.filters(s.dict)
	if !known {
		return nil, nil, errSyntax
	}
	data = s.data
	parms := f.resolve(s.dict.get("DecodeParms"))
	if parms == nil {
		parms = f.resolve(s.dict.get("DP"))
	}
	for n := 0; len(rest) > 0; n++ {
		var r io.Reader
		switch rest[0] {
		case "flate", "lzw":
			if f.predicts(parms, n) {
				return data, rest, nil
			}
			r = bytes.NewReader(nil)
			if rest[0] == "lzw" {
				r = lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
			} else if z, zerr := zlib.NewReader(bytes.NewReader(data)); zerr == nil {
				r = z
			}
		case "a85":
			data, _, _ = bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~")), []byte("~>"))
			r = ascii85.NewDecoder(bytes.NewReader(data))
		case "hex":
			data, _, _ = bytes.Cut(data, []byte(">"))
			data = slices.DeleteFunc(bytes.Clone(data), isSpace)
			if len(data)%2 == 1 {
				data = append(data, '0')
			}
			r = hex.NewDecoder(bytes.NewReader(data))
		case "run":
			r = bytes.NewReader(runLength(data))
		default:
			return data, rest, nil
		}
		// PDFium shows what there is of data that are cut short
		if data, _ = io.ReadAll(io.LimitReader(r, maxStream+1)); len(data) > maxStream {
			return nil, nil, errSyntax
		}
		rest = rest[1:]
	}
	return data, nil, nil
}

// predicts reports whether the n-th filter has parameters that change its bytes.
func (f *file) predicts(parms value, n int) bool {
	if l, ok := parms.(list); ok {
		if n >= len(l) {
			return false
		}
		parms = f.resolve(l[n])
	} else if n > 0 {
		return false
	}
	d, _ := parms.(dict)
	p, _ := f.resolve(d.get("Predictor")).(token)
	early, _ := f.resolve(d.get("EarlyChange")).(token)
	return len(p) > 0 && string(p) != "1" || string(early) == "0"
}

func runLength(in []byte) (out []byte) {
	for len(in) > 1 && in[0] != 128 && len(out) <= maxStream {
		if n := int(in[0]); n < 128 {
			n = min(n+2, len(in))
			out = append(out, in[1:n]...)
			in = in[n:]
		} else {
			out = append(out, bytes.Repeat(in[1:2], 257-n)...)
			in = in[2:]
		}
	}
	return out
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data) // memory does not fail
	z.Close()
	return b.Bytes()
}

// cleanContent writes what draws a page again: without remarks, text that nobody sees, words behind what is drawn
// (ActualText, alternative texts) and the traces of photographs that stand in line.
func (w *rewriter) cleanContent(data []byte) ([]byte, error) {
	c := &content{rewriter: w, p: &parser{b: data}}
	for {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		more, err := c.step()
		if err != nil {
			return nil, err
		}
		if !more {
			return c.out.Bytes(), nil
		}
	}
}

// content is a stream of operators on its way.
type content struct {
	*rewriter

	p      *parser
	out    bytes.Buffer
	args   []value
	hidden []bool // of the states saved by q; the last is the one that holds
}

// step reads one operand or operator.
func (c *content) step() (bool, error) {
	const mostArgs = 4096
	if c.p.space(); c.p.at >= len(c.p.b) {
		return false, nil
	}
	from := c.p.at
	switch b := c.p.b[from]; b {
	case ']', '}', '{', '>', ')': // stray: PDFium steps over them
		c.p.at++
		return true, nil
	}
	v, err := c.p.value(0)
	if err != nil {
		return false, err
	}
	t, isToken := v.(token)
	operand := !isToken || len(t) == 0 || t.isString() || t[0] == '/' || t[0] == '+' || t[0] == '-' || t[0] == '.' ||
		t[0] >= '0' && t[0] <= '9' || slices.Contains([]string{"true", "false", "null"}, string(t))
	if operand {
		if c.args = append(c.args, v); len(c.args) > mostArgs {
			return false, errSyntax
		}
		return true, nil
	}
	err = c.operator(string(t))
	c.args = c.args[:0]
	return true, err
}

func (c *content) isHidden() bool { return len(c.hidden) > 0 && c.hidden[len(c.hidden)-1] }

func (c *content) operator(op string) error {
	switch op {
	case "q":
		c.hidden = append(c.hidden, c.isHidden())
	case "Q":
		if len(c.hidden) > 0 {
			c.hidden = c.hidden[:len(c.hidden)-1]
		}
	case "Tr":
		if len(c.args) > 0 {
			t, _ := c.args[len(c.args)-1].(token)
			mode := string(t)
			if len(c.hidden) == 0 {
				c.hidden = append(c.hidden, false)
			}
			c.hidden[len(c.hidden)-1] = mode == "3" || mode == "7"
		}
	case "Tj", "TJ", "'", `"`:
		if c.isHidden() {
			c.removed[trace.Unnamed] = true
			if op == "'" || op == `"` {
				c.out.WriteString("T*\n")
			}
			return nil
		}
	case "BDC", "BMC":
		if len(c.args) == 2 && op == "BDC" {
			if _, isName := c.args[1].(token); isName {
				break
			}
			c.removed[trace.Unnamed] = true
		}
		c.out.WriteString("/Span BMC\n")
		return nil
	case "MP", "DP":
		return nil
	case "BI":
		return c.inline()
	}
	for _, a := range c.args {
		writeValue(&c.out, a)
		c.out.WriteByte(' ')
	}
	c.out.WriteString(op + "\n")
	return nil
}

// writeValue writes an operand as it was.
func writeValue(b *bytes.Buffer, v value) {
	switch v := v.(type) {
	case token:
		b.Write(v)
	case list:
		b.WriteByte('[')
		for _, e := range v {
			writeValue(b, e)
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case dict:
		b.WriteString("<<")
		for _, e := range v {
			b.WriteString("/" + e.key + " ")
			writeValue(b, e.value)
			b.WriteByte(' ')
		}
		b.WriteString(">>")
	}
}

// inlineKept are the entries of a picture in line (ISO 32000-1, table 93).
var inlineKept = []string{
	"BPC", "BitsPerComponent", "CS", "ColorSpace", "D", "Decode", "DP", "DecodeParms", "F", "Filter", "H", "Height",
	"IM",
	"ImageMask", "Intent", "I", "Interpolate", "W", "Width", "L", "Length",
}

// inline copies a picture that stands among the operators.
func (c *content) inline() error {
	d := dict{}
	for !c.p.word("ID") {
		k, err := c.p.value(0)
		if err != nil {
			return err
		}
		key, ok := k.(token)
		if !ok || key[0] != '/' {
			return errSyntax
		}
		v, err := c.p.value(0)
		if err != nil {
			return err
		}
		if slices.Contains(inlineKept, string(key[1:])) {
			d = append(d, entry{string(key[1:]), v})
		}
	}
	c.p.at++ // one blank
	end := c.endOfInline()
	if end < 0 || c.p.at > end {
		return errSyntax
	}
	s := &stream{d, bytes.TrimRight(c.p.b[c.p.at:end], "\r\n")}
	c.p.at = end + 2
	if bytes.Equal(s.data, nil) {
		s.data = []byte{}
	}
	data, rest, err := c.in.unpack(s)
	if err != nil {
		return err
	}
	if len(rest) == 1 && rest[0] == "dct" {
		if data = c.photograph(data); data == nil {
			return c.ctx.Err()
		}
		d = d.without("F", "Filter", "DP", "DecodeParms", "L", "Length").with("F", token("/DCT"))
		s = &stream{d, data}
	} else if len(rest) > 0 && rest[0] == "jpx" {
		return errSyntax
	}
	c.out.WriteString("BI ")
	for _, e := range s.dict {
		c.out.WriteString("/" + e.key + " ")
		writeValue(&c.out, e.value)
		c.out.WriteByte(' ')
	}
	c.out.WriteString("ID ")
	c.out.Write(s.data)
	c.out.WriteString("\nEI\n")
	return nil
}

// endOfInline finds the EI behind which operators go on.
func (c *content) endOfInline() int {
	const look = 40
	for at := c.p.at; at+2 <= len(c.p.b); at++ {
		if c.p.b[at] != 'E' || c.p.b[at+1] != 'I' || at > c.p.at && !isSpace(c.p.b[at-1]) ||
			at+2 < len(c.p.b) && !isSpace(c.p.b[at+2]) {
			continue
		}
		after := c.p.b[at+2 : min(at+2+look, len(c.p.b))]
		if !slices.ContainsFunc(after, func(b byte) bool { return b > 0x7E || b < 0x20 && !isSpace(b) }) {
			return at
		}
	}
	return -1
}

// photograph cleans a JPEG; nil when that fails, which is noted.
func (w *rewriter) photograph(data []byte) []byte {
	var out bytes.Buffer
	got, err := scrub.Copy(w.ctx, &out, bytes.NewReader(data), int64(len(data)))
	if err != nil || got.Format != "jpeg" {
		w.left[trace.Attached] = true
		return nil
	}
	for _, t := range got.Removed {
		w.removed[t] = true
	}
	return out.Bytes()
}
