package pdf

import (
	"bytes"
	"slices"
	"strings"

	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
)

// cleanContent writes what draws a page again: without remarks, text that nobody sees, words behind what is drawn
// (ActualText, alternative texts) and the traces of photographs that stand in line.
func (w *rewriter) cleanContent(data []byte, resources dict) ([]byte, error) {
	c := &content{rewriter: w, p: &parser{b: data}, resources: resources}
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

	resources dict
	marked    []bool // of the marked contents that are open, whether they are not shown
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
	if _, isRef := v.(ref); isRef { // there are none among operators: R is one that nobody knows
		c.args = c.args[:0]
		return true, nil
	}
	t, isToken := v.(token)
	// What begins as a number and goes on otherwise, as 0R, is an operator that nobody knows.
	operand := !isToken || t.isString() || strings.HasPrefix(string(t), "/") ||
		strings.Trim(string(t), "0123456789+-.") == "" || slices.Contains([]string{"true", "false", "null"}, string(t))
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

// isOff reports whether what is drawn belongs to a layer that is not shown.
func (c *content) isOff() bool { return slices.Contains(c.marked, true) }

func (c *content) isHidden() bool { return len(c.hidden) > 0 && c.hidden[len(c.hidden)-1] }

// operators are all that a content may have (ISO 32000-1, annex A) and that is not handled by itself. Those that paint
// a path do nothing within a layer that is not shown.
var (
	operators = strings.Fields(`b B b* B* BT BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J K k l m M n q ` +
		`Q re RG rg
		ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`)
	painters = strings.Fields("b B b* B* f F f* s S")
)

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
		if c.isHidden() || c.isOff() {
			c.removed[trace.Unnamed] = true
			if op == "'" || op == `"` {
				c.out.WriteString("T*\n")
			}
			return nil
		}
	case "BDC", "BMC":
		c.mark(op)
		return nil
	case "EMC":
		if n := len(c.marked); n > 0 {
			c.marked = c.marked[:n-1]
		}
		c.out.WriteString("EMC\n")
		return nil
	case "BI":
		return c.inline()
	}
	if !slices.Contains(operators, op) || op == "BX" || op == "EX" {
		return nil // readers step over what they don't know
	}
	if c.isOff() && slices.Contains(painters, op) {
		op, c.args = "n", nil
	}
	if c.isOff() && (op == "Do" || op == "sh") {
		c.removed[trace.Unnamed] = true
		return nil
	}
	c.write(op)
	return nil
}

// write writes an operator behind its operands: strings only where they are shown.
func (c *content) write(op string) {
	const most = 40 // operands of any operator
	shows := slices.Contains([]string{"Tj", "TJ", "'", `"`}, op)
	args := slices.DeleteFunc(slices.Clone(c.args), func(v value) bool {
		t, ok := v.(token)
		_, isDict := v.(dict)
		return isDict || ok && t.isString() && !shows
	})
	for _, a := range args[max(0, len(args)-most):] {
		writeValue(&c.out, a)
		c.out.WriteByte(' ')
	}
	c.out.WriteString(op + "\n")
}

// mark begins a marked content: without its words, and with nothing in it when it is a layer that is not shown.
func (c *content) mark(op string) {
	off := false
	if len(c.args) == 2 && op == "BDC" {
		name, isName := c.args[1].(token)
		if tag, _ := c.args[0].(token); isName && string(tag) == "/OC" {
			off = c.isOffLayer(name)
		}
		c.removed[trace.Unnamed] = c.removed[trace.Unnamed] || !isName || off
	}
	c.marked = append(c.marked, off)
	c.out.WriteString("/Span BMC\n")
}

func (c *content) isOffLayer(name token) bool {
	v := c.layer(name)
	return v != nil && c.rewriter.isOff(v)
}

// writeValue writes an operand as it was.
func writeValue(b *bytes.Buffer, v value) {
	switch v := v.(type) {
	case token:
		b.Write(v)
	case ref: // within a list or a dictionary, where it can't stand
		b.WriteString("null")
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

// longNames returns the entries that say how large a picture in line is under the names that other pictures have.
func longNames(d dict) dict {
	out := slices.Clone(d)
	for i, e := range out {
		switch e.key {
		case "W":
			out[i].key = "Width"
		case "H":
			out[i].key = "Height"
		case "BPC":
			out[i].key = "BitsPerComponent"
		case "CS":
			out[i].key = "ColorSpace"
		case "IM":
			out[i].key = "ImageMask"
		}
	}
	return out
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
	s := &stream{d, withoutEnd(c.p.b[c.p.at:end])}
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
	} else if size := c.pixelBytes(longNames(d)); len(rest) == 0 && size > 0 && len(data) > size {
		c.removed[trace.Unnamed] = true
		d = d.without("F", "Filter", "DP", "DecodeParms", "L", "Length")
		s = &stream{d, data[:size]}
	}
	if c.isOff() {
		return nil
	}
	c.out.WriteString("BI ")
	for _, e := range s.dict {
		c.out.WriteString("/" + e.key + " ")
		writeValue(&c.out, e.value)
		c.out.WriteByte(' ')
	}
	c.out.WriteString("ID ")
	c.out.Write(s.data)
	c.out.WriteString("\r\nEI\n") // both, so that a last pixel that looks like half of it stays apart
	return nil
}

// withoutEnd takes off the one end of a line that stands before EI: more of them are pixels.
func withoutEnd(data []byte) []byte {
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if rest, had := bytes.CutSuffix(data, []byte(end)); had {
			return rest
		}
	}
	return data
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
