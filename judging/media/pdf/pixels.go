package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"strconv"

	"golang.org/x/image/ccitt"

	"fayi/judging/media/trace"
)

// cleanPixels returns a picture that is neither a JPEG nor JPEG 2000 without what stands behind its pixels. One that is
// packed in a way that can't be followed stays, and is reported.
func (w *rewriter) cleanPixels(s *stream, data []byte, rest []string) *stream {
	size := w.pixelBytes(s.dict)
	switch {
	case len(rest) == 0 && size > 0 && len(data) > size:
		w.removed[trace.Unnamed] = true
		return &stream{plainFilter(s.dict, "/FlateDecode"), deflated(data[:size])}
	case len(rest) == 0:
		all, _ := w.in.filters(s.dict)
		if len(all) == 0 || size == 0 {
			return s
		}
		return &stream{plainFilter(s.dict, "/FlateDecode"), deflated(data)}
	case len(rest) == 1 && rest[0] == "flate" && bytes.Equal(data, s.data): // with a predictor
		if n := zlibLength(data); n < len(data) {
			w.removed[trace.Unnamed] = true
			return &stream{s.dict, data[:n]}
		}
	case len(rest) == 1 && rest[0] == "jbig2" && bytes.Equal(data, s.data):
		if clean := cleanJBIG2(data); clean != nil {
			w.removed[trace.Unnamed] = w.removed[trace.Unnamed] || len(clean) != len(data)
			return &stream{s.dict, clean}
		}
		w.left[trace.Attached] = true
	case len(rest) == 1 && rest[0] == "fax":
		if plain := w.cleanFax(s, data); plain != nil {
			return plain
		}
		w.left[trace.Attached] = true
	default:
		w.left[trace.Attached] = true
	}
	return s
}

// number reads an entry that is a whole number, 0 for none.
func (w *rewriter) integer(v value) int {
	t, _ := w.in.resolve(v).(token)
	n, err := strconv.Atoi(string(t))
	if err != nil || n < 0 || n > 1<<20 {
		return 0
	}
	return n
}

// pixelBytes is how many bytes the pixels of a picture have, 0 where that can't be known.
func (w *rewriter) pixelBytes(d dict) int {
	wide, high, bits := w.integer(d.get("Width")), w.integer(d.get("Height")), w.integer(d.get("BitsPerComponent"))
	channels := w.channels(d.get("ColorSpace"), 0)
	if t, _ := w.in.resolve(d.get("ImageMask")).(token); string(t) == "true" {
		bits, channels = 1, 1
	}
	if row := (wide*bits*channels + 7) / 8; row > 0 && high <= maxStream/row {
		return row * high
	}
	return 0
}

// channels is how many numbers a colour has in a colour space.
func (w *rewriter) channels(v value, depth int) int {
	v = w.in.resolve(v)
	if t, ok := v.(token); ok {
		return map[string]int{"/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3,
			"/DeviceCMYK": 4, "/CMYK": 4}[string(t)]
	}
	l, ok := v.(list)
	if !ok || len(l) == 0 || depth > 4 {
		return 0
	}
	name, _ := w.in.resolve(l[0]).(token)
	switch string(name) {
	case "/Indexed", "/I", "/Separation", "/CalGray":
		return 1
	case "/Lab", "/CalRGB":
		return 3
	case "/ICCBased":
		if len(l) > 1 {
			if d, ok := w.in.resolve(l[1]).(dict); ok {
				return w.integer(d.get("N"))
			}
		}
	case "/DeviceN":
		if len(l) > 1 {
			names, _ := w.in.resolve(l[1]).(list)
			return len(names)
		}
	}
	return w.channels(name, depth+1)
}

// zlibLength is how many bytes of data belong to what zlib packed at its beginning.
func zlibLength(data []byte) int {
	r := bytes.NewReader(data)
	z, err := zlib.NewReader(r)
	if err != nil {
		return len(data)
	}
	if n, err := io.Copy(io.Discard, io.LimitReader(z, maxStream+1)); err != nil || n > maxStream {
		return len(data)
	}
	return len(data) - r.Len()
}

// cleanFax writes a fax again as plain pixels; nil where it can't be read as its parameters say.
func (w *rewriter) cleanFax(s *stream, data []byte) *stream {
	parms := w.in.resolve(s.dict.get("DecodeParms"))
	if l, ok := parms.(list); ok && len(l) > 0 {
		parms = w.in.resolve(l[len(l)-1])
	}
	d, _ := parms.(dict)
	is := func(key string) bool {
		t, _ := w.in.resolve(d.get(key)).(token)
		return string(t) == "true"
	}
	k, _ := w.in.resolve(d.get("K")).(token)
	columns, rows := w.integer(d.get("Columns")), w.integer(s.dict.get("Height"))
	if columns == 0 {
		columns = 1728
	}
	group := ccitt.Group4
	if len(k) == 0 || k[0] != '-' {
		group = ccitt.Group3
	}
	if n, err := strconv.Atoi(string(k)); columns*rows > maxStream || rows == 0 || err == nil && n > 0 {
		return nil
	}
	r := ccitt.NewReader(bytes.NewReader(data), ccitt.MSB, group, columns, rows,
		&ccitt.Options{Align: is("EncodedByteAlign"), Invert: is("BlackIs1")})
	pixels, err := io.ReadAll(io.LimitReader(r, maxStream))
	if err != nil || len(pixels) != (columns+7)/8*rows {
		return nil
	}
	return &stream{plainFilter(s.dict, "/FlateDecode").with("BitsPerComponent", token("1")), deflated(pixels)}
}

// cleanJBIG2 returns the segments of a picture in JBIG2 (ITU-T T.88, 7.2) that draw; nil for anything else.
func cleanJBIG2(in []byte) []byte {
	const head, extension, longest = 11, 62, 1 << 12
	be := binary.BigEndian
	out := []byte{}
	for at := 0; at+head <= len(in) && len(out) <= len(in); {
		number, flags := be.Uint32(in[at:]), in[at+4]
		refs, p := int(in[at+5]>>5), at+6
		if refs == 7 {
			if at+9 > len(in) {
				return nil
			}
			refs = int(be.Uint32(in[at+5:]) & 0x1FFFFFFF)
			p = at + 9 + (refs+8)/8
		}
		each := 1
		if number > 256 {
			each = 2
		}
		if number > 65536 {
			each = 4
		}
		if refs > longest {
			return nil
		}
		if p += refs * each; flags&0x40 != 0 {
			p += 3
		}
		p++
		if p+4 > len(in) {
			break
		}
		n := int64(be.Uint32(in[p:]))
		p += 4
		if n > int64(len(in)-p) {
			break // cut, or words that look like a segment
		}
		end := p + int(n)
		if kind := flags & 0x3F; kind != extension && kind <= 53 {
			out = append(out, in[at:end]...)
		}
		at = end
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
