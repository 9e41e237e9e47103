package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"slices"

	"golang.org/x/image/tiff/lzw"
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
